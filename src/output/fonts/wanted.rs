//! The names of the fonts that do for each face, best first: the office's own, in the spellings of Founder, Windows, WPS and the
//! domestic systems; then free ones of the same kind.

use crate::render::fonts::Face;

const TITLE: [&str; 19] = [
    "方正小标宋简体",
    "FZXiaoBiaoSong-B05S",
    "FZXiaoBiaoSong-B05",
    "方正小标宋_GBK",
    "FZXiaoBiaoSong-B05_GBK",
    "FZXBSJW--GB1-0",
    "FZXBSK--GBK1-0",
    "方正公文小标宋",
    "FZGWXBS",
    "小标宋",
    "汉仪小标宋简",
    "华文中宋",
    "STZhongsong",
    "FandolSong",
    "思源宋体",
    "Source Han Serif SC",
    "Noto Serif CJK SC",
    "宋体",
    "SimSun",
];

const BODY: [&str; 15] = [
    "仿宋_GB2312",
    "FangSong_GB2312",
    "仿宋",
    "FangSong",
    "方正仿宋_GB2312",
    "方正仿宋_GBK",
    "方正仿宋简体",
    "FZFangSong-Z02S",
    "FZFangSong-Z02_GBK",
    "FZFSK--GBK1-0",
    "FZFSJW--GB1-0",
    "华文仿宋",
    "STFangsong",
    "CESI仿宋-GB2312",
    "FandolFang",
];

const HEI: [&str; 16] = [
    "黑体",
    "SimHei",
    "方正黑体_GBK",
    "方正黑体简体",
    "FZHei-B01",
    "FZHei-B01S",
    "FZHTK--GBK1-0",
    "FZHTJW--GB1-0",
    "华文黑体",
    "STHeiti",
    "CESI黑体-GB2312",
    "FandolHei",
    "思源黑体",
    "Source Han Sans SC",
    "Noto Sans CJK SC",
    "WenQuanYi Zen Hei",
];

const KAI: [&str; 18] = [
    "楷体_GB2312",
    "KaiTi_GB2312",
    "楷体",
    "KaiTi",
    "方正楷体_GB2312",
    "方正楷体_GBK",
    "方正楷体简体",
    "FZKai-Z03S",
    "FZKai-Z03",
    "FZKTK--GBK1-0",
    "FZKTJW--GB1-0",
    "华文楷体",
    "STKaiti",
    "CESI楷体-GB2312",
    "FandolKai",
    "AR PL KaitiM GB",
    "AR PL UKai CN",
    "AR PL UKai",
];

const SONG: [&str; 16] = [
    "宋体",
    "SimSun",
    "方正书宋_GBK",
    "方正书宋简体",
    "FZShuSong-Z01S",
    "FZShuSong-Z01",
    "FZSSK--GBK1-0",
    "FZSSJW--GB1-0",
    "华文宋体",
    "STSong",
    "CESI宋体-GB2312",
    "FandolSong",
    "思源宋体",
    "Source Han Serif SC",
    "Noto Serif CJK SC",
    "AR PL SungtiL GB",
];

/// Fonts of any kind with some twenty thousand characters and more: for a face that has no font of its kind, and for characters
/// that a face's own font lacks.
pub(super) const GENERAL: [&str; 18] = [
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "思源宋体",
    "宋体",
    "SimSun",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "思源黑体",
    "Noto Sans SC",
    "Noto Serif SC",
    "AR PL UMing CN",
    "AR PL SungtiL GB",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Droid Sans Fallback",
    "微软雅黑",
    "Microsoft YaHei",
    "FandolSong",
];

/// Fonts of the rare characters, such as those of names, and of signs.
pub(super) const RARE: [&str; 8] = [
    "SimSun-ExtB",
    "宋体-ExtB",
    "HanaMinB",
    "BabelStone Han",
    "Noto Sans CJK SC",
    "TW-Sung-Ext-B",
    "Noto Sans Symbols2",
    "DejaVu Sans",
];

pub(super) const fn names(face: Face) -> &'static [&'static str] {
    match face {
        Face::Title => &TITLE,
        Face::Body => &BODY,
        Face::Hei => &HEI,
        Face::Kai => &KAI,
        Face::Song => &SONG,
    }
}
