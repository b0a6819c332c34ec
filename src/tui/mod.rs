//! The screen.
//!
//! ```text
//! 督办  衢政办发〔2024〕10号  2024年三季度                    li  #1284     bar
//!  1任务 2领导 3单位 4民生 5总览 6通报 7日志 8核对(2)                       tabs
//! 领导 9        │任务 25/130 · 领导=周卫兵         │25  !滞后  52.4%
//! >全部      130│>   25 ✗红  25.0 靶向发力引育链…  │靶向发力引育链主型企业…
//!  周卫兵     27│     8 !黄  52.4 加强招商项目、…  │牵头领导  周卫兵
//! 单位 61       │     6 ✓绿  78.1 坚持重大项目领…  │牵头单位  市招商中心
//!  市发改委   18│                                  │
//!  panes           main                               detail (wide screens)
//! <enter>打开 e填报 /查找 u撤销 ?帮助                                      footer
//! ```
//!
//! A key becomes a [`command::Command`] by the active contexts; the command answers with a [`deed::Deed`] or the reason why
//! not; [`update::update`] carries the deed out on the [`state::State`] and returns effects; [`run`] (or [`headless`]) carries
//! those out and draws.

mod answer;
pub mod board;
mod cache;
mod canvas;
pub mod command;
mod decode;
pub mod deed;
mod explain;
mod field;
pub mod form;
pub mod glyph;
pub mod headless;
mod input;
pub mod key;
pub mod keymap;
mod layout;
pub mod live;
pub mod needs;
pub mod original;
pub mod paint;
mod paper;
mod probe;
pub mod reference;
mod refill;
mod run;
pub mod sequences;
pub mod sheet;
pub mod sides;
mod stand;
pub mod state;
mod term;
pub mod theme;
pub mod update;
mod view;
mod watch;
mod work;

pub use headless::Headless;
pub use run::{ScreenError, run};
pub use state::Setup;
pub use term::give_back_on_panic;
