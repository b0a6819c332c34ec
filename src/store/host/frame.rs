//! Messages cut into frames: `length (4 bytes, little-endian; the highest bit: more follows)`, then as many bytes.

use std::io::{self, Read as _, Write as _};
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

use super::limits::FRAME;

const MORE: u32 = 1 << 31;

/// Why no message came.
#[derive(Debug)]
pub(super) enum Broken {
    /// The other side has gone.
    Gone,
    /// It takes too long.
    Late,
    /// It is larger than allowed, or no frame at all.
    TooLarge,
    /// The system refuses; no more can be said or heard.
    System,
}

impl From<io::Error> for Broken {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => Self::Late,
            io::ErrorKind::UnexpectedEof
            | io::ErrorKind::BrokenPipe
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::NotConnected => Self::Gone,
            _ => Self::System,
        }
    }
}

/// Sends a message; gives up when the other side has not taken it in time. Frame by frame: of a large message there is no second copy.
pub(super) fn send(stream: &mut UnixStream, bytes: &[u8], patience: Duration) -> Result<(), Broken> {
    let until = Instant::now() + patience;
    let mut packed = Vec::with_capacity(bytes.len().min(FRAME) + 4);
    let mut frames = bytes.chunks(FRAME).peekable();
    if frames.peek().is_none() {
        return put(stream, &0u32.to_le_bytes(), until);
    }
    while let Some(frame) = frames.next() {
        let length = u32::try_from(frame.len()).unwrap_or(0) | if frames.peek().is_some() { MORE } else { 0 };
        packed.clear();
        packed.extend_from_slice(&length.to_le_bytes());
        packed.extend_from_slice(frame);
        put(stream, &packed, until)?;
    }
    Ok(())
}

fn put(stream: &mut UnixStream, mut rest: &[u8], until: Instant) -> Result<(), Broken> {
    while !rest.is_empty() {
        stream.set_write_timeout(Some(left(until)?))?;
        match stream.write(rest) {
            Ok(0) => return Err(Broken::Gone),
            Ok(sent) => rest = rest.get(sent..).unwrap_or_default(),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// Receives a message. Its first byte is waited for up to `first` (`None`: for ever), its end up to `patience` longer. Beyond the first
/// frame, `more` says how long it may be and how long it may take; `None` refuses it. What it gives besides is handed on with the message,
/// for as long as that is kept.
pub(super) fn receive<G>(
    stream: &mut UnixStream,
    first: Option<Duration>,
    patience: Duration,
    more: impl FnOnce() -> Option<(usize, Duration, G)>,
) -> Result<(Vec<u8>, Option<G>), Broken> {
    let mut head = [0; 4];
    let begun = first_byte(stream, first)?;
    let mut until = Instant::now() + patience;
    head[0] = begun;
    let [_, rest @ ..] = &mut head;
    fill(stream, rest, until)?;
    let (length, mut follows) = length(head)?;
    let mut bytes = vec![0; length];
    fill(stream, &mut bytes, until)?;
    if !follows {
        return Ok((bytes, None));
    }
    let (limit, patience, guard) = more().ok_or(Broken::TooLarge)?;
    // It may have had to wait until somebody else's large message was done: that is not the sender's fault.
    until = until.max(Instant::now()) + patience;
    while follows {
        fill(stream, &mut head, until)?;
        let (length, next) = self::length(head)?;
        let so_far = bytes.len();
        // An empty frame with more to follow would go on for ever.
        if so_far + length > limit || length == 0 {
            return Err(Broken::TooLarge);
        }
        bytes.resize(so_far + length, 0);
        fill(stream, bytes.get_mut(so_far..).unwrap_or_default(), until)?;
        follows = next;
    }
    Ok((bytes, Some(guard)))
}

fn length(head: [u8; 4]) -> Result<(usize, bool), Broken> {
    let word = u32::from_le_bytes(head);
    let length = usize::try_from(word & !MORE).unwrap_or(usize::MAX);
    if length > FRAME { Err(Broken::TooLarge) } else { Ok((length, word & MORE != 0)) }
}

fn first_byte(stream: &mut UnixStream, wait: Option<Duration>) -> Result<u8, Broken> {
    let until = wait.map(|wait| Instant::now() + wait);
    let mut byte = [0];
    loop {
        stream.set_read_timeout(until.map(left).transpose()?)?;
        match stream.read(&mut byte) {
            Ok(0) => return Err(Broken::Gone),
            Ok(_) => return Ok(byte[0]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error.into()),
        }
    }
}

fn fill(stream: &mut UnixStream, mut rest: &mut [u8], until: Instant) -> Result<(), Broken> {
    while !rest.is_empty() {
        stream.set_read_timeout(Some(left(until)?))?;
        match stream.read(rest) {
            Ok(0) => return Err(Broken::Gone),
            Ok(read) => rest = rest.get_mut(read..).unwrap_or_default(),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// What is left of the time; a timeout of zero would mean none.
fn left(until: Instant) -> Result<Duration, Broken> {
    let left = until.saturating_duration_since(Instant::now());
    if left.is_zero() { Err(Broken::Late) } else { Ok(left) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread;

    const WAIT: Duration = Duration::from_secs(5);

    fn passed(bytes: &[u8], limit: usize) -> Result<Vec<u8>, Broken> {
        let (mut here, mut there) = UnixStream::pair().unwrap();
        let bytes = bytes.to_vec();
        let sender = thread::spawn(move || drop(send(&mut here, &bytes, WAIT)));
        let got = receive(&mut there, Some(WAIT), WAIT, || Some((limit, WAIT, ())));
        drop(there);
        sender.join().unwrap();
        got.map(|(bytes, _)| bytes)
    }

    #[test]
    fn who_has_to_wait_for_leave_to_go_on_is_not_late() {
        let (mut here, mut there) = UnixStream::pair().unwrap();
        here.write_all(&[1, 0, 0, 0x80, 7, 1, 0, 0, 0, 8]).unwrap();
        let patience = Duration::from_millis(300);
        let more = || {
            thread::sleep(3 * patience);
            Some((FRAME, patience, ()))
        };
        assert_eq!(receive(&mut there, Some(WAIT), patience, more).unwrap().0, [7, 8]);
    }

    #[test]
    fn leave_to_go_on_lasts_as_long_as_the_message() {
        let (mut here, mut there) = UnixStream::pair().unwrap();
        here.write_all(&[1, 0, 0, 0x80, 7, 1, 0, 0, 0, 8, 1, 0, 0, 0, 9]).unwrap();
        let one = std::sync::Mutex::new(());
        let mut next = || receive(&mut there, Some(WAIT), WAIT, || Some((FRAME, WAIT, one.lock().unwrap()))).unwrap();
        let (large, leave) = next();
        assert!(large == [7, 8] && one.try_lock().is_err(), "nobody else sends something large while this is kept");
        drop(leave);
        assert!(one.try_lock().is_ok());
        assert!(next().1.is_none(), "who sends little needs no leave");
    }

    #[test]
    fn messages_of_every_length_pass_whole() {
        for length in [0, 1, 4, FRAME - 1, FRAME, FRAME + 1, 2 * FRAME, 3 * FRAME + 17] {
            let bytes: Vec<u8> = (0..=250).cycle().take(length).collect();
            assert_eq!(passed(&bytes, usize::MAX).unwrap(), bytes, "{length}");
        }
    }

    #[test]
    fn what_is_too_large_is_refused_before_it_is_kept() {
        assert!(matches!(passed(&vec![0; 3 * FRAME], 2 * FRAME), Err(Broken::TooLarge)));
        for head in [[255, 255, 255, 127], [1, 0, 1, 0], [0, 0, 0, 128]] {
            let (mut here, mut there) = UnixStream::pair().unwrap();
            here.write_all(&head).unwrap();
            here.write_all(&head).unwrap();
            let got = receive(&mut there, Some(WAIT), WAIT, || Some((usize::MAX, WAIT, ())));
            assert!(matches!(got, Err(Broken::TooLarge)), "{head:?}: {got:?}");
        }
    }

    #[test]
    fn a_message_that_never_ends_is_given_up_and_a_cut_one_is_noticed() {
        let (mut here, mut there) = UnixStream::pair().unwrap();
        here.write_all(&[9, 0, 0, 0, 1]).unwrap();
        let short = Duration::from_millis(30);
        assert!(matches!(receive(&mut there, None, short, || None::<(usize, Duration, ())>), Err(Broken::Late)));
        drop(here);
        let (mut here, mut there) = UnixStream::pair().unwrap();
        here.write_all(&[9, 0]).unwrap();
        drop(here);
        assert!(matches!(receive(&mut there, None, WAIT, || None::<(usize, Duration, ())>), Err(Broken::Gone)));
    }

    #[test]
    fn who_does_not_take_the_answer_is_given_up() {
        let (mut here, _there) = UnixStream::pair().unwrap();
        let much = vec![0; 8 * 1024 * 1024];
        assert!(matches!(send(&mut here, &much, Duration::from_millis(50)), Err(Broken::Late)));
    }
}
