//! The bytes of sled's values, of the image's blocks and of the messages on the socket; the only file that names bincode.
//!
//! Values: `[schema][CRC-32 of the body, little-endian][body]`. bincode alone reads a flipped bit as another value about half the time,
//! and reads the bytes of an older struct as a newer one; hence the checksum, the schema number, and the check that every byte
//! was used. The bytes of each schema ever released are kept in `tests/golden/`; a change of any record type that changes
//! them needs a new schema number, and the state is then rebuilt from the journal.

use bincode::Options as _;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The schema that this version writes and reads.
pub(super) const SCHEMA: u8 = 5;

/// More than any value may take; stops a wrong length from being believed.
const LIMIT: u64 = 1024 * 1024;

const HEADER: usize = 5;

/// Why bytes are not a value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum Undecodable {
    /// Written under another schema.
    #[error("schema {0}")]
    Schema(u8),
    /// Too short, or the checksum is wrong.
    #[error("checksum of a value does not match")]
    Checksum,
    /// The checksum is right, the content is not.
    #[error("value does not decode: {0}")]
    Content(String),
}

fn options() -> impl bincode::Options {
    bincode::DefaultOptions::new().with_limit(LIMIT).reject_trailing_bytes()
}

/// The bytes of a value.
pub(super) fn encode(value: &impl Serialize) -> Result<Vec<u8>, Undecodable> {
    let body = options().serialize(value).map_err(|error| Undecodable::Content(error.to_string()))?;
    Ok(headed(&body))
}

fn headed(body: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(HEADER + body.len());
    bytes.push(SCHEMA);
    bytes.extend_from_slice(&crc32fast::hash(body).to_le_bytes());
    bytes.extend_from_slice(body);
    bytes
}

/// Puts the bytes of one value of a list behind those before it.
pub(super) fn append(value: &impl Serialize, bytes: &mut Vec<u8>) -> Result<(), Undecodable> {
    options().serialize_into(bytes, value).map_err(|error| Undecodable::Content(error.to_string()))
}

/// The bytes of a list of so many values, each put there by [`append`]; [`decode`] reads them as a vector.
pub(super) fn list(count: u32, values: &[u8]) -> Result<Vec<u8>, Undecodable> {
    let mut body = options().serialize(&u64::from(count)).map_err(|error| Undecodable::Content(error.to_string()))?;
    body.extend_from_slice(values);
    Ok(headed(&body))
}

/// The value of bytes.
pub(super) fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Undecodable> {
    let (schema, rest) = bytes.split_first().ok_or(Undecodable::Checksum)?;
    if *schema != SCHEMA {
        return Err(Undecodable::Schema(*schema));
    }
    let (crc, body) = rest.split_first_chunk::<4>().ok_or(Undecodable::Checksum)?;
    if crc32fast::hash(body) != u32::from_le_bytes(*crc) {
        return Err(Undecodable::Checksum);
    }
    options().deserialize(body).map_err(|error| Undecodable::Content(error.to_string()))
}

/// The bytes of a message on a socket: no header, for the frame counts them and the kernel loses none.
pub(super) fn message(value: &impl Serialize) -> Result<Vec<u8>, Undecodable> {
    bincode::DefaultOptions::new().serialize(value).map_err(|error| Undecodable::Content(error.to_string()))
}

/// The message of bytes that somebody sent who may be anybody: every byte must be used, and nothing is made that is larger
/// than they are.
pub(super) fn read_message<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Undecodable> {
    let options = bincode::DefaultOptions::new().with_limit(bytes.len() as u64).reject_trailing_bytes();
    options.deserialize(bytes).map_err(|error| Undecodable::Content(error.to_string()))
}

/// How many bytes a value takes without its header.
pub(super) fn size(value: &impl Serialize) -> Result<u64, Undecodable> {
    bincode::DefaultOptions::new().serialized_size(value).map_err(|error| Undecodable::Content(error.to_string()))
}
