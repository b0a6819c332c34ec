//! 中文文案。

use super::Say;

pub(super) const ZH: [(Say, &str); Say::COUNT] = [
    // --- words of the field
    (Say::ProgramName, "督办"),
    (Say::PeriodMonth, "{}年{}月"),
    (Say::PeriodQuarter, "{}年{}季度"),
    (Say::PeriodHalf, "{}年{}半年"),
    (Say::StatusFarBehind, "严重滞后"),
    (Say::StatusBehind, "滞后"),
    (Say::StatusUnknown, "未报"),
    (Say::StatusOnTime, "按序时推进"),
    (Say::StatusAhead, "超序时"),
    (Say::StatusComplete, "已完成"),
    (Say::StatusExceeded, "超额完成"),
    (Say::StatusNotRated, "不评定"),
    (Say::LightRed, "红"),
    (Say::LightYellow, "黄"),
    (Say::LightGrey, "灰"),
    (Say::LightGreen, "绿"),
    (Say::ConfidenceOpen, "待定"),
    (Say::ConfidenceProbable, "较有把握"),
    (Say::ConfidenceCertain, "确定"),
    (Say::IntentImport, "导入"),
    (Say::IntentFile, "填报"),
    (Say::IntentQuota, "登记完成数"),
    (Say::IntentSettle, "核对"),
    (Say::IntentUndo, "撤销"),
    (Say::IntentRedo, "重做"),
    (Say::IntentDemo, "演示数据"),
    // --- report
    // --- command line
    // --- screen
];
