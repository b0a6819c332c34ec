//! The field's terms in the language of the face.

use super::{Lang, Say};
use crate::model::entry::NoDeed;
use crate::model::merge::name;
use crate::model::{
    Comparator, Confidence, Contact, Denial, FilingState, Intent, Light, May, Outcome, Period, RequestKind, Reserved,
    SortBy, Span, Status, StepState,
};

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
            Status::NotStarted => Say::StatusNotStarted,
            Status::FarBehind => Say::StatusFarBehind,
            Status::Behind => Say::StatusBehind,
            Status::Unknown => Say::StatusUnknown,
            Status::OnTime => Say::StatusOnTime,
            Status::Ahead => Say::StatusAhead,
            Status::Complete => Say::StatusComplete,
            Status::Exceeded => Say::StatusExceeded,
            Status::Stopped => Say::StatusStopped,
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

    /// What a kind of record is called, by its name in the journal; one that is not known by that name.
    pub fn kind(self, name: &str) -> &str {
        self.say(match name {
            "document" => Say::RecordOfDocument,
            "task" => Say::RecordOfTask,
            "row" => Say::RecordOfRow,
            "filing" => Say::RecordOfFiling,
            "done" => Say::RecordOfDone,
            "finding" => Say::RecordOfFinding,
            "unit" => Say::RecordOfUnit,
            "target" => Say::RecordOfTarget,
            "override" => Say::RecordOfOverride,
            "chase" => Say::RecordOfChase,
            "step" => Say::RecordOfStep,
            "request" => Say::RecordOfRequest,
            "view" => Say::RecordOfView,
            "bulletin" => Say::RecordOfBulletin,
            "frozen" => Say::RecordOfFrozen,
            "role" => Say::RecordOfRole,
            "former" => Say::RecordOfFormer,
            "successor" => Say::RecordOfSuccessor,
            other => return other,
        })
    }

    /// 填报状态.
    pub fn filing_state(self, state: FilingState) -> &'static str {
        self.say(match state {
            FilingState::Overdue => Say::FilingOverdue,
            FilingState::Returned => Say::FilingReturned,
            FilingState::Missing => Say::FilingMissing,
            FilingState::Pending => Say::FilingPending,
            FilingState::Accepted => Say::FilingAccepted,
            FilingState::NotDue => Say::FilingNotDue,
        })
    }

    /// What is asked for an item.
    pub fn request_kind(self, kind: RequestKind) -> &'static str {
        self.say(match kind {
            RequestKind::Extend => Say::RequestExtend,
            RequestKind::Adjust => Say::RequestAdjust,
            RequestKind::Stop => Say::RequestStop,
            RequestKind::Close => Say::RequestClose,
        })
    }

    /// What became of a request.
    pub fn outcome(self, outcome: &Outcome) -> &'static str {
        self.say(match outcome {
            Outcome::Asked => Say::OutcomeAsked,
            Outcome::Granted { .. } => Say::OutcomeGranted,
            Outcome::Refused { .. } => Say::OutcomeRefused,
        })
    }

    /// How a figure is compared with its target.
    pub fn comparator(self, comparator: Comparator) -> &'static str {
        self.say(match comparator {
            Comparator::AtLeast => Say::CompareAtLeast,
            Comparator::MoreThan => Say::CompareMoreThan,
            Comparator::Equal => Say::CompareEqual,
            Comparator::AtMost => Say::CompareAtMost,
            Comparator::LessThan => Say::CompareLessThan,
            Comparator::About => Say::CompareAbout,
            Comparator::First => Say::CompareFirst,
            Comparator::All => Say::CompareAll,
            Comparator::Up => Say::CompareUp,
            Comparator::Down => Say::CompareDown,
            Comparator::Done => Say::CompareDone,
            Comparator::Tiers => Say::CompareTiers,
        })
    }

    /// Whether what was typed says that something happened: 已实现, 是, 1; or that it has not: 未实现, 否, 0. `None`: neither.
    pub fn happened(self, typed: &str) -> Option<bool> {
        match typed.trim() {
            "1" | "１" | "是" | "已实现" => Some(true),
            "0" | "０" | "否" | "未实现" => Some(false),
            word if word == self.say(Say::ActualHappened) => Some(true),
            word if word == self.say(Say::ActualNotHappened) => Some(false),
            _ => None,
        }
    }

    /// How far a step is.
    pub fn step_state(self, state: StepState) -> &'static str {
        self.say(match state {
            StepState::Todo => Say::StepTodo,
            StepState::Doing => Say::StepDoing,
            StepState::Done => Say::StepDone,
        })
    }

    /// Why a deed is not possible.
    pub fn no_deed(self, why: NoDeed) -> &'static str {
        self.say(match why {
            NoDeed::NoItem => Say::NoDeedNoItem,
            NoDeed::RowPercent => Say::NoDeedRowPercent,
            NoDeed::BadPercent => Say::NoDeedBadPercent,
            NoDeed::TooLong => Say::NoDeedTooLong,
            NoDeed::NoReason => Say::NoDeedNoReason,
            NoDeed::NothingFiled => Say::NoDeedNothingFiled,
            NoDeed::NoLight => Say::NoDeedNoLight,
            NoDeed::Closed => Say::NoDeedClosed,
            NoDeed::NothingOwed => Say::NoDeedNothingOwed,
            NoDeed::NoNumber => Say::NoDeedNoNumber,
            NoDeed::NotATask => Say::NoDeedNotATask,
            NoDeed::BadFigure => Say::NoDeedBadFigure,
            NoDeed::NoDate => Say::NoDeedNoDate,
            NoDeed::Dateless => Say::NoDeedDateless,
            NoDeed::Decided => Say::NoDeedDecided,
            NoDeed::Asked => Say::NoDeedAsked,
            NoDeed::OtherPeriods => Say::NoDeedOtherPeriods,
            NoDeed::OutOfRange => Say::NoDeedOutOfRange,
            NoDeed::Issued => Say::NoDeedIssued,
            NoDeed::NotIssued => Say::NoDeedNotIssued,
        })
    }

    /// What to do about a deed that is not possible.
    pub fn no_deed_todo(self, why: NoDeed) -> &'static str {
        self.say(match why {
            NoDeed::NoItem => Say::NoDeedNoItemTodo,
            NoDeed::RowPercent => Say::NoDeedRowPercentTodo,
            NoDeed::BadPercent => Say::NoDeedBadPercentTodo,
            NoDeed::TooLong => Say::NoDeedTooLongTodo,
            NoDeed::NoReason => Say::NoDeedNoReasonTodo,
            NoDeed::NothingFiled => Say::NoDeedNothingFiledTodo,
            NoDeed::NoLight => Say::NoDeedNoLightTodo,
            NoDeed::Closed => Say::NoDeedClosedTodo,
            NoDeed::NothingOwed => Say::NoDeedNothingOwedTodo,
            NoDeed::NoNumber => Say::NoDeedNoNumberTodo,
            NoDeed::NotATask => Say::NoDeedNotATaskTodo,
            NoDeed::BadFigure => Say::NoDeedBadFigureTodo,
            NoDeed::NoDate => Say::NoDeedNoDateTodo,
            NoDeed::Dateless => Say::NoDeedDatelessTodo,
            NoDeed::Decided => Say::NoDeedDecidedTodo,
            NoDeed::Asked => Say::NoDeedAskedTodo,
            NoDeed::OtherPeriods => Say::NoDeedOtherPeriodsTodo,
            NoDeed::OutOfRange => Say::NoDeedOutOfRangeTodo,
            NoDeed::Issued => Say::NoDeedIssuedTodo,
            NoDeed::NotIssued => Say::NoDeedNotIssuedTodo,
        })
    }

    /// The column that a list is sorted by.
    pub fn sort_by(self, sort: SortBy) -> &'static str {
        self.say(match sort {
            SortBy::Number => Say::SortNumber,
            SortBy::Worst => Say::WorstFirst,
            SortBy::Percent => Say::SortPercent,
            SortBy::Filing => Say::SortFiling,
            SortBy::Deadline => Say::SortDeadline,
            SortBy::Leader => Say::SortLeader,
            SortBy::Unit => Say::SortUnit,
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

    /// A part of a bulletin's wording by its name among the fields that merge ([`name`]); `None`: there is no such part.
    pub fn wording_part(self, part: &str) -> Option<&'static str> {
        Some(self.say(match part {
            name::OPENING => Say::WordingOpening,
            name::NEXT => Say::WordingNext,
            name::NUMBER => Say::WordingNumber,
            name::TITLE => Say::WordingTitle,
            name::NAME => Say::WordingName,
            name::ADDRESSEES => Say::WordingAddressees,
            name::SIGNATURE => Say::WordingSignature,
            name::SIGNED_ON => Say::WordingSignedOn,
            name::COPIED_TO => Say::WordingCopiedTo,
            name::NOTE => Say::WordingNote,
            name::PRINTED_BY => Say::WordingPrintedBy,
            name::PRINTED_ON => Say::WordingPrintedOn,
            _ => return None,
        }))
    }

    /// What a commit was for.
    pub fn intent(self, intent: Intent) -> &'static str {
        self.say(match intent {
            Intent::Import => Say::IntentImport,
            Intent::File => Say::IntentFile,
            Intent::Quota => Say::IntentQuota,
            Intent::Review => Say::IntentReview,
            Intent::Target => Say::IntentTarget,
            Intent::Override => Say::IntentOverride,
            Intent::Chase => Say::IntentChase,
            Intent::Step => Say::IntentStep,
            Intent::Ask => Say::IntentAsk,
            Intent::Decide => Say::IntentDecide,
            Intent::View => Say::IntentView,
            Intent::Settings => Say::IntentSettings,
            Intent::Bulletin => Say::IntentBulletin,
            Intent::Issue => Say::IntentIssue,
            Intent::Recall => Say::IntentRecall,
            Intent::Form => Say::IntentForm,
            Intent::Settle => Say::IntentSettle,
            Intent::Succeed => Say::IntentSucceed,
            Intent::Undo => Say::IntentUndo,
            Intent::Redo => Say::IntentRedo,
            Intent::Demo => Say::IntentDemo,
            Intent::Role => Say::IntentRole,
        })
    }

    /// What somebody may do: 督查室·编辑, 市发改委·联络员.
    pub fn may(self, may: &May) -> String {
        match may {
            May::Admin => self.say(Say::RoleAdmin).to_owned(),
            May::Editor => self.say(Say::RoleEditor).to_owned(),
            May::Contact(contact) => self.fill(Say::RoleContact, &[&self.contact_of(contact)]),
            May::Reader => self.say(Say::RoleReader).to_owned(),
        }
    }

    /// What a role lets somebody do, in a sentence.
    pub fn may_about(self, may: &May) -> String {
        match may {
            May::Admin => self.say(Say::RoleAdminAbout).to_owned(),
            May::Editor => self.say(Say::RoleEditorAbout).to_owned(),
            May::Contact(Contact { unit: Some(unit), area: None }) => self.fill(Say::RoleUnitAbout, &[unit]),
            May::Contact(Contact { unit: None, area: Some(area) }) => self.fill(Say::RoleAreaAbout, &[area]),
            May::Contact(Contact { unit: Some(unit), area: Some(area) }) => {
                self.fill(Say::RoleBothAbout, &[unit, area])
            }
            May::Contact(Contact { unit: None, area: None }) | May::Reader => self.say(Say::RoleReaderAbout).to_owned(),
        }
    }

    /// Whose contact somebody is: 市发改委, 江山市, 各县（市、区）政府（江山市）.
    pub fn contact_of(self, Contact { unit, area }: &Contact) -> String {
        match (unit, area) {
            (Some(unit), Some(area)) => self.fill(Say::RoleOfArea, &[unit, area]),
            (Some(one), None) | (None, Some(one)) => one.to_string(),
            (None, None) => "-".to_owned(),
        }
    }

    /// Why somebody may not do something.
    pub fn denial(self, why: &Denial) -> String {
        match why {
            Denial::NoRole { name, uid } => self.fill(Say::DeniedNoRole, &[name, uid]),
            Denial::ReadOnly => self.say(Say::DeniedReadOnly).to_owned(),
            Denial::AdminOnly => self.say(Say::DeniedAdminOnly).to_owned(),
            Denial::OfficeOnly(what) => self.fill(Say::DeniedOfficeOnly, &[&self.reserved(*what)]),
            Denial::OwnUnitOnly { unit } => self.fill(Say::DeniedOwnUnit, &[unit]),
            Denial::OwnAreaOnly { area } => self.fill(Say::DeniedOwnArea, &[area]),
            Denial::NotYours(seq) => self.fill(Say::DeniedNotYours, &[seq]),
            Denial::Reviewed(item) => self.fill(Say::DeniedReviewed, &[item]),
            Denial::Unfit(key) => self.fill(Say::DeniedUnfit, &[key]),
            Denial::OpenedToRead => self.say(Say::DeniedOpenedToRead).to_owned(),
            Denial::HeldBy { pid } => self.fill(Say::DeniedHeldBy, &[pid]),
        }
    }

    /// What to do about it.
    pub fn denial_todo(self, why: &Denial) -> String {
        match why {
            Denial::NoRole { name, .. } => self.fill(Say::DeniedNoRoleTodo, &[name]),
            Denial::ReadOnly
            | Denial::OfficeOnly(_)
            | Denial::OwnUnitOnly { .. }
            | Denial::OwnAreaOnly { .. }
            | Denial::NotYours(_) => self.say(Say::DeniedOfficeTodo).to_owned(),
            Denial::AdminOnly => self.say(Say::CliDeniedTodo).to_owned(),
            Denial::Reviewed(_) => self.say(Say::DeniedReviewedTodo).to_owned(),
            Denial::Unfit(_) => self.say(Say::CliOurFaultTodo).to_owned(),
            Denial::OpenedToRead => self.say(Say::CliReadOnlyTodo).to_owned(),
            Denial::HeldBy { pid } => self.fill(Say::CliHeldTodo, &[pid]),
        }
    }

    /// What only the inspection office may do.
    pub fn reserved(self, what: Reserved) -> &'static str {
        self.say(match what {
            Reserved::Review => Say::ReservedReview,
            Reserved::Lights => Say::ReservedLights,
            Reserved::Chases => Say::ReservedChases,
            Reserved::Decisions => Say::ReservedDecisions,
            Reserved::Documents => Say::ReservedDocuments,
            Reserved::Targets => Say::ReservedTargets,
            Reserved::Findings => Say::ReservedFindings,
            Reserved::Settings => Say::ReservedSettings,
            Reserved::Views => Say::ReservedViews,
            Reserved::Bulletins => Say::ReservedBulletins,
        })
    }
}
