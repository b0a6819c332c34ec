//! How many texts a workbook says that it shares. calamine makes room for that many before it reads the first: a file of 2 KB could ask for
//! terabytes, and for want of room a process ends without a word.

use quick_xml::Reader;
use quick_xml::events::Event;

/// What one text takes at least: `<si/>`.
const SHORTEST: usize = 5;

/// Whether a part of a workbook is the one with its shared texts, under any of the names that calamine takes it by.
pub(super) fn are_in(part: &str) -> bool {
    part.to_ascii_lowercase().ends_with("sharedstrings.xml")
}

/// Whether the part promises more texts than it has room for.
pub(super) fn are_too_many(xml: &[u8]) -> bool {
    let mut reader = Reader::from_reader(xml);
    let config = reader.config_mut();
    (config.check_end_names, config.expand_empty_elements) = (false, true);
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(start)) if start.local_name().as_ref() == "sst" => {
                return start.attributes().with_checks(false).any(|attribute| match attribute {
                    Ok(attribute) if attribute.key.as_ref() == "uniqueCount" => {
                        let count = attribute.value.trim().trim_start_matches('+').parse::<usize>();
                        count.map_or(true, |count| count > xml.len() / SHORTEST)
                    }
                    Ok(_) => false,
                    Err(_) => true,
                });
            }
            // What cannot be read is refused where it is read.
            Ok(Event::Eof) | Err(_) => return false,
            Ok(_) => {}
        }
    }
}
