//! Lines of a page of the web that belong to no document: where it stands, who saw it, what can be done with it.

/// Such a line is no longer, in characters.
const LONGEST: usize = 80;
/// A word that only counts as such a line where little else stands in it.
const SHORTEST: usize = 12;

/// How such lines begin, without their blanks.
const BEGINS: [&str; 38] = [
    "#source",
    "http:",
    "https:",
    "来源：",
    "来源:",
    "信息来源",
    "文章来源",
    "稿件来源",
    "发布时间",
    "发布日期",
    "发布机构",
    "发文日期",
    "发文机关",
    "成文日期",
    "生成日期",
    "公开日期",
    "公开方式",
    "主题分类",
    "组配分类",
    "有效性",
    "浏览次数",
    "浏览量",
    "阅读次数",
    "阅读量",
    "访问量",
    "访问次数",
    "点击数",
    "点击量",
    "责任编辑",
    "编辑：",
    "编辑:",
    "作者：",
    "作者:",
    "您现在的位置",
    "您当前所在",
    "当前位置",
    "索引号",
    "相关链接",
];

/// Words that are such a line where they stand nearly alone.
const ALONE: [&str; 20] = [
    "首页",
    "返回",
    "分享",
    "打印",
    "关闭",
    "收藏",
    "字号",
    "字体",
    "【字体",
    "【字号",
    "[字体",
    "[字号",
    "导航菜单",
    "无障碍",
    "长者版",
    "长辈版",
    "关怀版",
    "设为首页",
    "加入收藏",
    "附件下载",
];

/// What says over a page's part of a table that it goes on: 续表, （续上表）, 续表2.
const CONTINUED: [&str; 9] = ["续表", "续上表", "续前表", "接上表", "接上页", "接下页", "接下表", "转下页", "转下表"];

/// Whether a line says no more than that a table goes on from another page.
pub(super) fn is_continuation(text: &str) -> bool {
    let signs = "()（）[]［］【】-—";
    let bare: String = text.chars().take(SHORTEST + 1).filter(|c| !c.is_whitespace() && !signs.contains(*c)).collect();
    let number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    CONTINUED.contains(&bare.trim_end_matches(number)) || (bare == "续" && text.trim() != bare)
}

/// Whether a line belongs to the page and not to the document.
pub(super) fn is_furniture(text: &str) -> bool {
    if is_continuation(text) {
        return true;
    }
    let bare: String = text.chars().take(LONGEST + 1).filter(|c| !c.is_whitespace() && !"•·-".contains(*c)).collect();
    let len = bare.chars().count();
    len < LONGEST && BEGINS.iter().any(|word| bare.starts_with(word))
        || len <= SHORTEST && !bare.ends_with('。') && ALONE.iter().any(|word| bare.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_the_page_are_told_from_words_that_begin_like_them() {
        for yes in [
            "来源：市政府办  浏览次数：12",
            "# source: x",
            "分享到：",
            "【字体：大 中 小】",
            "返 回 顶 部",
            "  • 索 引 号: 1",
            "续表",
            "（续 上 表）",
            "续表二",
            "(续)",
        ] {
            assert!(is_furniture(yes), "{yes}");
        }
        for no in [
            "分享经济加快发展，新增企业30家。",
            "返乡创业园建成",
            "打印社区便民清单1000份，送到居民家中",
            "1.发布时间表",
            "续",
            "续建学校3所",
            "续表彰一批先进",
        ] {
            assert!(!is_furniture(no), "{no}");
        }
    }
}
