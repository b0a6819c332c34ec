//! What the amounts of a quota row count (公里, 家, 个 …), as far as the row's own words make it certain.

use rust_decimal::Decimal;

use super::vocabulary::MEASURES;

/// The measure of a row, from its goal or name. The number beside it is the province's and never read as the city's target:
/// it only serves to choose among several measures.
pub(super) fn measure(text: &str, total: Option<Decimal>) -> &'static str {
    let found = measures(text);
    if let Some((_, measure)) = found.iter().find(|(value, _)| value.is_some() && *value == total) {
        return measure;
    }
    match found.split_first() {
        Some(((_, first), rest)) if rest.iter().all(|(_, measure)| measure == first) => first,
        _ => "",
    }
}

/// Every number that a measure follows.
fn measures(text: &str) -> Vec<(Option<Decimal>, &'static str)> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((_, from)) = rest.find(|c: char| c.is_ascii_digit()).and_then(|at| rest.split_at_checked(at)) {
        let after = from.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        let digits = from.strip_suffix(after).unwrap_or_default();
        let bare = after.trim_start();
        let (scale, bare) = match bare.strip_prefix('万') {
            Some(bare) => (Decimal::from(10_000), bare),
            None => (Decimal::ONE, bare),
        };
        // Longer words first: 人次 before 人, 平方公里 before 平方米.
        let longest = MEASURES.iter().filter(|word| bare.starts_with(**word)).max_by_key(|word| word.len());
        if let Some(word) = longest {
            let value = digits.parse::<Decimal>().ok().and_then(|value| value.checked_mul(scale));
            found.push((value, *word));
        }
        rest = after;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_certain() {
        let none = None;
        assert_eq!(measure("新（改）建城市燃气管网1100公里以上", none), "公里");
        assert_eq!(measure("新增配置自动体外除颤仪 1 万台", none), "台");
        assert_eq!(measure("培训农村转移劳动力1000人次。", none), "人次");
        assert_eq!(measure("2024年重点为13—14岁女生接种", none), "", "ages and years are not measures");
        assert_eq!(measure("实现全省乡镇（街道）应急管理站全覆盖", none), "");
        assert_eq!(measure("举办托班200个，为8000名小学生服务", none), "", "two measures");
        assert_eq!(measure("举办托班200个，为8000名小学生服务", Some(Decimal::from(200))), "个");
        assert_eq!(measure("量占总量 60%以上（全年达 160 万起）", none), "起");
    }
}
