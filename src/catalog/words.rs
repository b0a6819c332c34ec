//! The field's terms in the language of the face.

use super::{Lang, Say};
use crate::model::{Confidence, Intent, Light, Period, Span, Status};

impl Lang {
    /// A period as people say it: 2024年三季度, 2024 Q3.
    pub fn period(self, period: Period) -> String {
        let index = usize::from(period.index());
        let (say, zh) = match period.span() {
            Span::Month => (Say::PeriodMonth, None),
            Span::Quarter => (Say::PeriodQuarter, ["一", "二", "三", "四"].get(index - 1)),
            Span::Half => (Say::PeriodHalf, ["上", "下"].get(index - 1)),
        };
        match (self, zh) {
            (Self::Zh, Some(word)) => self.fill(say, &[&period.year(), word]),
            _ => self.fill(say, &[&period.year(), &index]),
        }
    }

    /// 进度状态.
    pub fn status(self, status: Status) -> &'static str {
        self.say(match status {
            Status::FarBehind => Say::StatusFarBehind,
            Status::Behind => Say::StatusBehind,
            Status::Unknown => Say::StatusUnknown,
            Status::OnTime => Say::StatusOnTime,
            Status::Ahead => Say::StatusAhead,
            Status::Complete => Say::StatusComplete,
            Status::Exceeded => Say::StatusExceeded,
            Status::NotRated => Say::StatusNotRated,
        })
    }

    /// 亮灯.
    pub fn light(self, light: Light) -> &'static str {
        self.say(match light {
            Light::Red => Say::LightRed,
            Light::Yellow => Say::LightYellow,
            Light::Grey => Say::LightGrey,
            Light::Green => Say::LightGreen,
        })
    }

    /// How sure a reading is.
    pub fn confidence(self, confidence: Confidence) -> &'static str {
        self.say(match confidence {
            Confidence::Open => Say::ConfidenceOpen,
            Confidence::Probable => Say::ConfidenceProbable,
            Confidence::Certain => Say::ConfidenceCertain,
        })
    }

    /// What a commit was for.
    pub fn intent(self, intent: Intent) -> &'static str {
        self.say(match intent {
            Intent::Import => Say::IntentImport,
            Intent::File => Say::IntentFile,
            Intent::Quota => Say::IntentQuota,
            Intent::Settle => Say::IntentSettle,
            Intent::Undo => Say::IntentUndo,
            Intent::Redo => Say::IntentRedo,
            Intent::Demo => Say::IntentDemo,
        })
    }
}
