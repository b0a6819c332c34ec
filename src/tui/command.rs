//! The one table of commands. Help, hints, the palette, the key reference in the manual and the tests come from it.
//!
//! A command's answer, given the thing under the cursor, is either the deed or the reason why not; the reason is what the
//! footer shows when the key is pressed where it does not apply.

use super::answer as a;
use super::deed::{Deed, Focus, Motion, Onward, Screen};
use super::needs::Needs;
use super::sheet::{Picking, Purpose};
use super::sides::Choice;
use super::state::State;
use crate::catalog::Say;
use crate::model::Reserved;

/// Where a command's keys work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Context {
    /// Everywhere but in fields.
    Everywhere,
    /// Anything with a cursor that moves up and down, or a text that scrolls.
    Lines,
    /// An item is under the cursor: task list, matrix, detail.
    Item,
    /// The list of tasks.
    Tasks,
    /// The panes 领导 and 单位.
    Panes,
    /// The livelihood matrix.
    Matrix,
    /// 总览, and the pages of a leader, a unit, an area.
    Overview,
    /// Its bars of lights.
    Bars,
    /// 核对.
    Check,
    /// 日志.
    Log,
    /// 通报.
    Bulletin,
    /// A field (or an item of several) that somebody else changed too.
    Clash,
    /// The form of a filing.
    Form,
    /// A one-line field: a figure of the matrix.
    Field,
    /// The preview of a pasted block.
    Block,
    /// A small form: a reason, a note, a step.
    Sheet,
    /// The list of a task's steps.
    Steps,
    /// The list of the requests about an item.
    Requests,
    /// The list of all requests that wait for a decision.
    Waiting,
    /// The list of a task's targets.
    Targets,
    /// The list of saved views.
    Views,
    /// The list of periods.
    Periods,
    /// The list of roles.
    Roles,
    /// The list of documents.
    Documents,
    /// The list of what was put away.
    Dropped,
    /// The search line and the palette.
    Prompt,
    /// The list of drafts offered at the start.
    Drafts,
}

impl Context {
    /// The contexts in the order of the help.
    pub const ALL: [Self; 27] = [
        Self::Everywhere,
        Self::Lines,
        Self::Item,
        Self::Tasks,
        Self::Panes,
        Self::Matrix,
        Self::Overview,
        Self::Bars,
        Self::Check,
        Self::Log,
        Self::Bulletin,
        Self::Clash,
        Self::Form,
        Self::Field,
        Self::Block,
        Self::Sheet,
        Self::Steps,
        Self::Requests,
        Self::Waiting,
        Self::Targets,
        Self::Views,
        Self::Periods,
        Self::Roles,
        Self::Documents,
        Self::Dropped,
        Self::Prompt,
        Self::Drafts,
    ];

    /// Its heading in the help.
    pub const fn title(self) -> Say {
        match self {
            Self::Everywhere => Say::ContextEverywhere,
            Self::Lines => Say::ContextLines,
            Self::Item => Say::ContextItem,
            Self::Tasks => Say::ContextTasks,
            Self::Panes => Say::ContextPanes,
            Self::Matrix => Say::ContextMatrix,
            Self::Overview => Say::ContextBoard,
            Self::Bars => Say::ContextBars,
            Self::Check => Say::ContextCheck,
            Self::Log => Say::ContextLog,
            Self::Bulletin => Say::ContextBulletin,
            Self::Clash => Say::ContextClash,
            Self::Form => Say::ContextForm,
            Self::Field => Say::ContextField,
            Self::Block => Say::ContextBlock,
            Self::Sheet => Say::ContextSheet,
            Self::Steps => Say::ContextSteps,
            Self::Requests => Say::ContextRequests,
            Self::Waiting => Say::ContextWaiting,
            Self::Targets => Say::ContextTargets,
            Self::Views => Say::ContextViews,
            Self::Periods => Say::ContextPeriods,
            Self::Roles => Say::CmdRoles,
            Self::Documents => Say::ContextDocuments,
            Self::Dropped => Say::ContextDropped,
            Self::Prompt => Say::ContextPrompt,
            Self::Drafts => Say::ContextDrafts,
        }
    }
}

/// Either the deed, or why not.
pub type Answer = Result<Deed, Say>;

/// One command.
#[derive(Debug, Clone, Copy)]
pub struct Command {
    /// Its name for `:` and for scripts; stable.
    pub id: &'static str,
    /// 名称: one or two words.
    pub name: Say,
    /// 说明: a sentence.
    pub about: Say,
    /// Where its keys work.
    pub context: Context,
    /// Its default keys, in the notation of `key`.
    pub keys: &'static [&'static str],
    /// Whether it is worth a place in the footer's hints.
    pub hint: bool,
    /// What it asks of the role of who sits here.
    pub needs: Needs,
    /// The deed for what is under the cursor, or the reason why not, whoever asks: see [`Command::ask`].
    answer: fn(&State) -> Answer,
}

const fn command(
    id: &'static str,
    context: Context,
    keys: &'static [&'static str],
    (name, about): (Say, Say),
    answer: fn(&State) -> Answer,
) -> Command {
    Command { id, name, about, context, keys, hint: false, needs: Needs::Nothing, answer }
}

impl Command {
    const fn hinted(self) -> Self {
        Self { hint: true, ..self }
    }

    const fn needs(self, needs: Needs) -> Self {
        Self { needs, ..self }
    }

    /// The deed for what is under the cursor and for who sits here, or the reason why not in a sentence.
    ///
    /// # Errors
    /// The reason: the role first, then the thing itself. In a pane the item beside it is not what is meant.
    pub fn ask(&self, state: &State) -> Result<Deed, String> {
        let lang = state.lang();
        self.needs.here(state).map_err(|why| lang.denial(&why))?;
        if self.context == Context::Item && state.in_pane() {
            // By its name; its key is another's there.
            return Err(lang.say(Say::NoItem).to_owned());
        }
        (self.answer)(state).map_err(|why| lang.say(why).to_owned())
    }
}

use Context::{
    Bars, Bulletin, Check, Clash, Drafts, Everywhere, Field, Form, Item, Lines, Log, Matrix, Overview, Panes, Prompt,
    Requests, Roles, Sheet, Steps, Targets, Tasks,
};
use Needs::{Admin, Figure, Filing, Office, OwnCommit, Writing};

/// What a figure begins with. Full-width digits act as these.
const DIGITS: &[&str] = &["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", ".", "-"];

/// All commands, by context.
pub const COMMANDS: &[Command] = &[
    command("tasks", Everywhere, &["1", "<a-1>"], (Say::CmdTasks, Say::CmdTasksAbout), |_| {
        Ok(Deed::Focus(Focus::List))
    }),
    command("leaders", Everywhere, &["2", "<a-2>"], (Say::CmdLeaders, Say::CmdLeadersAbout), |_| {
        Ok(Deed::Focus(Focus::Leaders))
    }),
    command("units", Everywhere, &["3", "<a-3>"], (Say::CmdUnits, Say::CmdUnitsAbout), |_| {
        Ok(Deed::Focus(Focus::Units))
    }),
    command("matrix", Everywhere, &["4", "<a-4>"], (Say::CmdMatrix, Say::CmdMatrixAbout), a::matrix),
    command("overview", Everywhere, &["5", "<a-5>"], (Say::CmdOverview, Say::CmdOverviewAbout), |_| {
        Ok(Deed::Go(Screen::Overview))
    }),
    command("bulletin", Everywhere, &["6", "<a-6>"], (Say::CmdBulletin, Say::CmdBulletinAbout), |_| {
        Ok(Deed::Go(Screen::Bulletin))
    }),
    command("log", Everywhere, &["7", "<a-7>"], (Say::CmdLog, Say::CmdLogAbout), |_| Ok(Deed::Go(Screen::Log))),
    command("check", Everywhere, &["8", "<a-8>"], (Say::CmdCheck, Say::CmdCheckAbout), |_| Ok(Deed::Go(Screen::Check))),
    command("find", Everywhere, &["/"], (Say::CmdFind, Say::CmdFindAbout), |_| Ok(Deed::Find)).hinted(),
    command("undo", Everywhere, &["u"], (Say::CmdUndo, Say::CmdUndoAbout), a::undo).needs(Writing).hinted(),
    command("redo", Everywhere, &["<c-r>", "U"], (Say::CmdRedo, Say::CmdRedoAbout), a::redo).needs(Writing),
    command("earlier", Everywhere, &["["], (Say::CmdEarlier, Say::CmdEarlierAbout), a::earlier),
    command("later", Everywhere, &["]"], (Say::CmdLater, Say::CmdLaterAbout), a::later),
    command("period", Everywhere, &["P"], (Say::CmdPeriod, Say::CmdPeriodAbout), |_| Ok(Deed::List(Picking::Periods))),
    command("doc", Everywhere, &[], (Say::CmdDoc, Say::CmdDocAbout), a::documents),
    command("waiting", Everywhere, &["O"], (Say::CmdWaiting, Say::CmdWaitingAbout), a::waiting),
    command("removed", Everywhere, &[], (Say::CmdDropped, Say::CmdDroppedAbout), a::dropped),
    command("settings", Everywhere, &[], (Say::CmdSettings, Say::CmdSettingsAbout), a::settings)
        .needs(Office(Reserved::Settings)),
    command("roles", Everywhere, &[], (Say::CmdRoles, Say::CmdRolesAbout), |_| Ok(Deed::List(Picking::Roles))),
    command("next-pane", Everywhere, &["<tab>"], (Say::CmdNextPane, Say::CmdNextPaneAbout), |_| {
        Ok(Deed::NextPane(true))
    }),
    command("previous-pane", Everywhere, &["<s-tab>"], (Say::CmdPrevPane, Say::CmdPrevPaneAbout), |_| {
        Ok(Deed::NextPane(false))
    }),
    command("online", Everywhere, &["@"], (Say::CmdOnline, Say::CmdOnlineAbout), |_| Ok(Deed::Who)),
    command("help", Everywhere, &["?", "<f1>"], (Say::CmdHelp, Say::CmdHelpAbout), |_| Ok(Deed::Help)).hinted(),
    command("palette", Everywhere, &[":"], (Say::CmdPalette, Say::CmdPaletteAbout), |_| Ok(Deed::Palette)),
    command("print", Everywhere, &["p"], (Say::CmdPrint, Say::CmdPrintAbout), |_| Ok(Deed::Print)).hinted(),
    command("redraw", Everywhere, &["<c-l>"], (Say::CmdRedraw, Say::CmdRedrawAbout), |_| Ok(Deed::Redraw)),
    command("back", Everywhere, &["<esc>", "<c-c>"], (Say::CmdBack, Say::CmdBackAbout), |_| Ok(Deed::Back)),
    command("quit", Everywhere, &["q", "<f10>"], (Say::CmdQuit, Say::CmdQuitAbout), |state| {
        Ok(a::leave_or_close(state))
    })
    .hinted(),
    command("up", Lines, &["k", "<up>"], (Say::CmdUp, Say::CmdUpAbout), |_| Ok(Deed::Step(Motion::Up))),
    command("down", Lines, &["j", "<down>"], (Say::CmdDown, Say::CmdDownAbout), |_| Ok(Deed::Step(Motion::Down))),
    command("page-up", Lines, &["<pgup>", "<c-b>"], (Say::CmdPageUp, Say::CmdPageUpAbout), |_| {
        Ok(Deed::Step(Motion::PageUp))
    }),
    command("page-down", Lines, &["<pgdn>", "<c-f>", "<space>"], (Say::CmdPageDown, Say::CmdPageDownAbout), |_| {
        Ok(Deed::Step(Motion::PageDown))
    }),
    command("top", Lines, &["g", "<home>"], (Say::CmdTop, Say::CmdTopAbout), |_| Ok(Deed::Step(Motion::Top))),
    command("bottom", Lines, &["G", "<end>"], (Say::CmdBottom, Say::CmdBottomAbout), |_| {
        Ok(Deed::Step(Motion::Bottom))
    }),
    command("open", Item, &["<enter>"], (Say::CmdOpen, Say::CmdOpenAbout), a::open).hinted(),
    command("file", Item, &["e"], (Say::CmdFile, Say::CmdFileAbout), a::file).needs(Filing).hinted(),
    command("history", Item, &["L"], (Say::CmdHistory, Say::CmdHistoryAbout), a::history),
    command("why", Item, &["w"], (Say::CmdWhy, Say::CmdWhyAbout), a::why),
    command("approve", Item, &["A"], (Say::CmdApprove, Say::CmdApproveAbout), a::approve)
        .needs(Office(Reserved::Review)),
    command("return", Item, &["R"], (Say::CmdReturn, Say::CmdReturnAbout), a::give_back)
        .needs(Office(Reserved::Review)),
    command("light", Item, &["!"], (Say::CmdLight, Say::CmdLightAbout), a::light).needs(Office(Reserved::Lights)),
    command("chase", Item, &["c"], (Say::CmdChase, Say::CmdChaseAbout), a::chase).needs(Office(Reserved::Chases)),
    command("steps", Item, &["S"], (Say::CmdSteps, Say::CmdStepsAbout), a::steps),
    command("requests", Item, &["D"], (Say::CmdRequests, Say::CmdRequestsAbout), a::requests),
    command("targets", Item, &["t"], (Say::CmdTargets, Say::CmdTargetsAbout), a::targets),
    command("copy", Item, &["y"], (Say::CmdCopy, Say::CmdCopyAbout), a::copy),
    command("mark", Tasks, &["<space>"], (Say::CmdMark, Say::CmdMarkAbout), a::mark),
    command("mark-range", Tasks, &["V"], (Say::CmdMarkRange, Say::CmdMarkRangeAbout), |state| {
        a::mark(state).map(|_| Deed::MarkRange)
    }),
    command("mark-all", Tasks, &["*"], (Say::CmdMarkAll, Say::CmdMarkAllAbout), |state| {
        a::mark(state).map(|_| Deed::MarkAll)
    }),
    command("sort", Tasks, &["s"], (Say::CmdSort, Say::CmdSortAbout), a::sort),
    command("reverse", Tasks, &["r"], (Say::CmdReverse, Say::CmdReverseAbout), |state| {
        a::sort(state).map(|_| Deed::Reverse)
    }),
    command("filter", Tasks, &["f"], (Say::CmdFilter, Say::CmdFilterAbout), |_| Ok(Deed::Ask(Purpose::Filter))),
    command("views", Tasks, &["v"], (Say::CmdViews, Say::CmdViewsAbout), |_| Ok(Deed::List(Picking::Views))),
    command("all", Tasks, &["a"], (Say::CmdAll, Say::CmdAllAbout), a::all),
    command("choose", Panes, &["<enter>"], (Say::CmdChoose, Say::CmdChooseAbout), |state| Ok(a::chosen(state)))
        .hinted(),
    command("pass-on", Panes, &["n"], (Say::CmdPassOn, Say::CmdPassOnAbout), a::pass_on)
        .needs(Office(Reserved::Documents)),
    command("page", Panes, &["o"], (Say::CmdPage, Say::CmdPageAbout), a::page).hinted(),
    command("figure", Matrix, &["e", "<enter>", "<f2>"], (Say::CmdFigure, Say::CmdFigureAbout), a::figure)
        .needs(Figure),
    command("type-figure", Matrix, DIGITS, (Say::CmdTypeFigure, Say::CmdTypeFigureAbout), a::type_figure).needs(Figure),
    command("empty-figure", Matrix, &["<del>"], (Say::CmdEmptyFigure, Say::CmdEmptyFigureAbout), a::empty_figure)
        .needs(Figure),
    command("mode", Matrix, &["m"], (Say::CmdMode, Say::CmdModeAbout), |_| Ok(Deed::Mode)).hinted(),
    command("left", Matrix, &["h", "<left>"], (Say::CmdLeft, Say::CmdLeftAbout), |_| Ok(Deed::Step(Motion::Left))),
    command("right", Matrix, &["l", "<right>"], (Say::CmdRight, Say::CmdRightAbout), |_| Ok(Deed::Step(Motion::Right))),
    command("detail", Matrix, &["o"], (Say::CmdOpen, Say::CmdOpenAbout), a::open),
    command("narrow", Overview, &["f"], (Say::CmdNarrow, Say::CmdNarrowAbout), a::narrow).hinted(),
    command("board-page", Overview, &["o"], (Say::CmdPage, Say::CmdPageAbout), a::page).hinted(),
    command("board-left", Overview, &["h", "<left>"], (Say::CmdLeft, Say::CmdLeftAbout), |_| {
        Ok(Deed::Step(Motion::Left))
    }),
    command("board-right", Overview, &["l", "<right>"], (Say::CmdRight, Say::CmdRightAbout), |_| {
        Ok(Deed::Step(Motion::Right))
    }),
    command("bar-page", Bars, &["<enter>"], (Say::CmdPage, Say::CmdPageAbout), a::page),
    command("settle-a", Check, &["a"], (Say::CmdSettleA, Say::CmdSettleAbout), a::settle_first)
        .needs(Office(Reserved::Findings))
        .hinted(),
    command("settle-b", Check, &["b"], (Say::CmdSettleB, Say::CmdSettleAbout), a::settle_second)
        .needs(Office(Reserved::Findings))
        .hinted(),
    command("settle-c", Check, &["c"], (Say::CmdSettleC, Say::CmdSettleAbout), a::settle_third)
        .needs(Office(Reserved::Findings)),
    command("settle-d", Check, &["d"], (Say::CmdSettleD, Say::CmdSettleAbout), a::settle_fourth)
        .needs(Office(Reserved::Findings)),
    command("settle-typed", Check, &["i"], (Say::CmdSettleTyped, Say::CmdSettleTypedAbout), a::settle_typed)
        .needs(Office(Reserved::Findings))
        .hinted(),
    command("settle-kind", Check, &["*"], (Say::CmdSettleKind, Say::CmdSettleKindAbout), a::settle_kind)
        .needs(Office(Reserved::Findings))
        .hinted(),
    command("reopen", Check, &["r"], (Say::CmdReopen, Say::CmdReopenAbout), a::reopen)
        .needs(Office(Reserved::Findings)),
    command("original-down", Check, &["J"], (Say::CmdOriginalDown, Say::CmdOriginalAbout), |_| {
        Ok(Deed::ScrollOriginal(true))
    }),
    command("original-up", Check, &["K"], (Say::CmdOriginalUp, Say::CmdOriginalAbout), |_| {
        Ok(Deed::ScrollOriginal(false))
    }),
    command("reading-down", Check, &["}"], (Say::CmdReadingDown, Say::CmdReadingAbout), |_| {
        Ok(Deed::ScrollReading(true))
    }),
    command("reading-up", Check, &["{"], (Say::CmdReadingUp, Say::CmdReadingAbout), |_| Ok(Deed::ScrollReading(false))),
    command("commit", Log, &["<enter>", "o"], (Say::CmdCommit, Say::CmdCommitAbout), a::commit).hinted(),
    command("undo-this", Log, &["x"], (Say::CmdUndoThis, Say::CmdUndoThisAbout), a::undo_this)
        .needs(OwnCommit)
        .hinted(),
    command("wording", Bulletin, &["e"], (Say::CmdWording, Say::CmdWordingAbout), a::wording)
        .needs(Office(Reserved::Bulletins))
        .hinted(),
    command("issue", Bulletin, &["I"], (Say::CmdIssue, Say::CmdIssueAbout), a::issue)
        .needs(Office(Reserved::Bulletins))
        .hinted(),
    command("recall", Bulletin, &["X"], (Say::CmdRecall, Say::CmdRecallAbout), a::recall)
        .needs(Office(Reserved::Bulletins)),
    command("fresh", Bulletin, &["F"], (Say::CmdFresh, Say::CmdFreshAbout), a::fresh),
    command("keep-mine", Clash, &["<f3>"], (Say::CmdKeepMine, Say::CmdKeepMineAbout), |_| {
        Ok(Deed::Decide(Choice::Mine))
    })
    .hinted(),
    command("take-theirs", Clash, &["<f4>", "<f6>"], (Say::CmdTakeTheirs, Say::CmdTakeTheirsAbout), |_| {
        Ok(Deed::Decide(Choice::Theirs))
    })
    .hinted(),
    command("retype", Clash, &["<f7>"], (Say::CmdRetype, Say::CmdRetypeAbout), a::retype).hinted(),
    command("save", Form, &["<c-s>", "<f2>"], (Say::CmdSave, Say::CmdSaveAbout), |_| Ok(Deed::Save)).hinted(),
    command("next-field", Form, &["<tab>"], (Say::CmdNextField, Say::CmdNextFieldAbout), |_| Ok(Deed::NextPane(true)))
        .hinted(),
    command("previous-field", Form, &["<s-tab>"], (Say::CmdPrevField, Say::CmdPrevFieldAbout), |_| {
        Ok(Deed::NextPane(false))
    }),
    command("take-earlier", Form, &["<f5>"], (Say::CmdTakeEarlier, Say::CmdTakeEarlierAbout), |_| {
        Ok(Deed::TakeEarlier)
    })
    .hinted(),
    command("leave", Form, &["<esc>", "<f10>", "<c-c>"], (Say::CmdLeave, Say::CmdLeaveAbout), |_| Ok(Deed::Leave))
        .hinted(),
    command("discard", Form, &["<f8>", "<c-x>"], (Say::CmdDiscard, Say::CmdDiscardAbout), |_| Ok(Deed::Discard))
        .hinted(),
    command("save-figure", Field, &["<enter>"], (Say::CmdSave, Say::CmdSaveDownAbout), |_| {
        Ok(Deed::SaveAnd(Onward::Cell(Motion::Down)))
    })
    .hinted(),
    command("save-right", Field, &["<tab>"], (Say::CmdSaveRight, Say::CmdSaveRightAbout), |_| {
        Ok(Deed::SaveAnd(Onward::Cell(Motion::Right)))
    })
    .hinted(),
    command("save-left", Field, &["<s-tab>"], (Say::CmdSaveLeft, Say::CmdSaveLeftAbout), |_| {
        Ok(Deed::SaveAnd(Onward::Cell(Motion::Left)))
    }),
    command("save-stay", Field, &["<c-s>", "<f2>"], (Say::CmdSaveStay, Say::CmdSaveFigureAbout), |_| Ok(Deed::Save)),
    command("leave-figure", Field, &["<esc>", "<f10>", "<c-c>"], (Say::CmdLeave, Say::CmdLeaveFigureAbout), |_| {
        Ok(Deed::Discard)
    })
    .hinted(),
    command("view-apply", Context::Views, &["<enter>"], (Say::CmdViewApply, Say::CmdViewApplyAbout), a::view_apply)
        .hinted(),
    command("view-save", Context::Views, &["a"], (Say::CmdViewSave, Say::CmdViewSaveAbout), a::view_save)
        .needs(Office(Reserved::Views))
        .hinted(),
    command(
        "view-remove",
        Context::Views,
        &["<f8>", "<c-x>"],
        (Say::CmdRemove, Say::CmdViewRemoveAbout),
        a::view_remove,
    )
    .needs(Office(Reserved::Views))
    .hinted(),
    command(
        "period-choose",
        Context::Periods,
        &["<enter>"],
        (Say::CmdChoosePeriod, Say::CmdChoosePeriodAbout),
        a::period_choose,
    )
    .hinted(),
    command("role-add", Roles, &["a"], (Say::CmdAdd, Say::RoleGive), a::role_add).needs(Admin).hinted(),
    command("role-change", Roles, &["<enter>", "e"], (Say::CmdChange, Say::CmdRoleChangeAbout), a::role_change)
        .needs(Admin)
        .hinted(),
    command("role-remove", Roles, &["<f8>", "<c-x>"], (Say::CmdRemove, Say::CmdRoleRemoveAbout), a::role_remove)
        .needs(Admin)
        .hinted(),
    command(
        "document-choose",
        Context::Documents,
        &["<enter>"],
        (Say::CmdDocChoose, Say::CmdDocChooseAbout),
        a::document_choose,
    )
    .hinted(),
    command("waiting-open", Context::Waiting, &["<enter>"], (Say::CmdOpen, Say::CmdWaitingOpenAbout), a::waiting_open)
        .hinted(),
    command("removed-open", Context::Dropped, &["<enter>"], (Say::CmdOpen, Say::CmdOpenAbout), a::dropped_open)
        .hinted(),
    command(
        "write-block",
        Context::Block,
        &["<enter>", "<c-s>", "<f2>"],
        (Say::CmdWriteBlock, Say::CmdWriteBlockAbout),
        |_| Ok(Deed::Save),
    )
    .hinted(),
    command(
        "drop-block",
        Context::Block,
        &["<esc>", "<f10>", "q", "<c-c>"],
        (Say::CmdDropBlock, Say::CmdDropBlockAbout),
        |_| Ok(Deed::Discard),
    )
    .hinted(),
    command("sheet-save", Sheet, &["<c-s>", "<f2>"], (Say::CmdSave, Say::CmdSheetSaveAbout), |_| Ok(Deed::Save))
        .hinted(),
    command("sheet-next", Sheet, &["<tab>"], (Say::CmdNextField, Say::CmdNextFieldAbout), |_| Ok(Deed::NextPane(true)))
        .hinted(),
    command("sheet-previous", Sheet, &["<s-tab>"], (Say::CmdPrevField, Say::CmdPrevFieldAbout), |_| {
        Ok(Deed::NextPane(false))
    }),
    command("sheet-leave", Sheet, &["<esc>", "<f10>", "<c-c>"], (Say::CmdLeave, Say::CmdLeaveFigureAbout), |_| {
        Ok(Deed::Leave)
    })
    .hinted(),
    command("step-tick", Steps, &["<space>"], (Say::CmdTick, Say::CmdTickAbout), a::step_tick).needs(Filing).hinted(),
    command("step-edit", Steps, &["<enter>", "e"], (Say::CmdChange, Say::CmdStepEditAbout), a::step_edit)
        .needs(Filing)
        .hinted(),
    command("step-add", Steps, &["a"], (Say::CmdAdd, Say::CmdStepAddAbout), a::step_add).needs(Filing).hinted(),
    command("step-remove", Steps, &["<f8>", "<c-x>"], (Say::CmdRemove, Say::CmdRemoveAbout), a::remove)
        .needs(Filing)
        .hinted(),
    command("request-ask", Requests, &["a"], (Say::CmdAsk, Say::CmdAskAbout), a::request_ask).needs(Filing).hinted(),
    command("request-decide", Requests, &["<enter>"], (Say::CmdDecide, Say::CmdDecideAbout), a::request_decide)
        .needs(Office(Reserved::Decisions))
        .hinted(),
    command(
        "target-figure",
        Targets,
        &["<enter>"],
        (Say::CmdTargetFigure, Say::CmdTargetFigureAbout),
        a::target_figure,
    )
    .needs(Filing)
    .hinted(),
    command("target-correct", Targets, &["e"], (Say::CmdTargetCorrect, Say::CmdTargetCorrectAbout), a::target_correct)
        .needs(Office(Reserved::Targets))
        .hinted(),
    command("target-add", Targets, &["a"], (Say::CmdAdd, Say::CmdTargetAddAbout), a::target_add)
        .needs(Office(Reserved::Targets))
        .hinted(),
    command("target-remove", Targets, &["<f8>", "<c-x>"], (Say::CmdRemove, Say::CmdRemoveAbout), a::remove)
        .needs(Office(Reserved::Targets))
        .hinted(),
    command("accept", Prompt, &["<enter>"], (Say::CmdAccept, Say::CmdAcceptAbout), |_| Ok(Deed::Accept)).hinted(),
    command("prompt-up", Prompt, &["<up>", "<c-p>"], (Say::CmdUp, Say::CmdUpAbout), |_| Ok(Deed::Step(Motion::Up))),
    command("prompt-down", Prompt, &["<down>", "<c-n>"], (Say::CmdDown, Say::CmdDownAbout), |_| {
        Ok(Deed::Step(Motion::Down))
    }),
    command("prompt-back", Prompt, &["<esc>", "<f10>", "<c-c>"], (Say::CmdBack, Say::CmdPromptBackAbout), |_| {
        Ok(Deed::Back)
    })
    .hinted(),
    command("resume", Drafts, &["<enter>"], (Say::CmdResume, Say::CmdResumeAbout), |_| Ok(Deed::Resume)).hinted(),
    command("discard-draft", Drafts, &["<f8>", "<c-x>"], (Say::CmdDiscard, Say::CmdDiscardAbout), |_| {
        Ok(Deed::Discard)
    })
    .hinted(),
    command("later-draft", Drafts, &["<esc>", "<f10>", "q", "<c-c>"], (Say::CmdNotNow, Say::CmdNotNowAbout), |_| {
        Ok(Deed::Back)
    })
    .hinted(),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::key::parse_keys;
    use std::collections::HashSet;

    #[test]
    fn every_key_is_one_key_and_used_once_in_its_context() {
        let mut seen = HashSet::new();
        for command in COMMANDS {
            for keys in command.keys {
                assert_eq!(parse_keys(keys).unwrap().len(), 1, "{keys}");
                assert!(seen.insert((command.context, *keys)), "{keys} twice in {:?}", command.context);
            }
        }
    }

    #[test]
    fn every_command_has_its_own_id() {
        let ids: HashSet<&str> = COMMANDS.iter().map(|command| command.id).collect();
        assert_eq!(ids.len(), COMMANDS.len());
    }
}
