//! import
pub mod demo;
