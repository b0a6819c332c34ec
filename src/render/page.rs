//! The page of an official document, GB/T 9704-2012; lengths in millimetres, sizes in points.

/// Millimetres of a point.
pub const MM_PER_PT: f64 = 25.4 / 72.0;

/// A4, upright (5.1).
pub const PAPER: (f64, f64) = (210.0, 297.0);
/// 天头 (5.2.1).
pub const TOP: f64 = 37.0;
/// 订口 (5.2.1).
pub const LEFT: f64 = 28.0;
/// 版心: 156 × 225 (5.2.1); 26 and 35 are left at the right and below.
pub const TEXT: (f64, f64) = (156.0, 225.0);
/// Lines of a page and characters of a line (5.2.3).
pub const LINES: usize = 22;
/// Characters of a line (5.2.3).
pub const CHARS: usize = 28;
/// From one line to the next: 225 ÷ 22 mm.
pub const LINE: f64 = 225.0 / 22.0;

/// 2号: the title.
pub const SIZE_2: f64 = 22.0;
/// 3号: the body (5.2.2).
pub const SIZE_3: f64 = 16.0;
/// 4号: page numbers and 版记.
pub const SIZE_4: f64 = 14.0;
/// 五号: tables.
pub const SIZE_5: f64 = 10.5;
/// 小五: wide tables.
pub const SIZE_5_SMALL: f64 = 9.0;
/// 发文机关标志: not prescribed but for being smaller than 22 × 15 mm (7.2.4); 小标宋 of 48 pt is customary.
pub const SIZE_MASTHEAD: f64 = 48.0;

/// The red of 发文机关标志 and the rule below it.
pub const RED: [u8; 3] = [0xff, 0x00, 0x00];
