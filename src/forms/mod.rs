//! Workbooks that units fill in: one a lead unit and period, written here and read back. Pure: bytes in, bytes out.
