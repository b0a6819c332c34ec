//! File systems whose locks do not hold between the machines that share them: a ledger there could have two writers at once.

use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

/// By the number that `statfs(2)` tells (`linux/magic.h`; those without a header there as GNU coreutils' `stat` lists them).
const SHARED: [(u32, &str); 16] = [
    (0x6969, "nfs"),
    (0x517B, "smb"),
    (0xFF53_4D42, "cifs"),
    (0xFE53_4D42, "smb3"),
    (0x564C, "ncp"),
    (0x00C3_6400, "ceph"),
    (0x5346_414F, "afs"),
    (0x6B41_4653, "afs"),
    (0x7375_7245, "coda"),
    (0x2003_0528, "orangefs"),
    (0x0BD0_0BD0, "lustre"),
    (0x4750_4653, "gpfs"),
    (0x1983_0326, "beegfs"),
    (0xAAD7_AAEA, "panfs"),
    (0x786F_4256, "vboxsf"),
    (0xBACB_ACBC, "vmhgfs"),
];
/// Plan 9's: what machines hand to the virtual ones on them (QEMU, WSL). QEMU grants every lock to everybody.
const PLAN9: u32 = 0x0102_1997;
/// Any that a program keeps (`fuse(4)`), and virtiofs. What kind it is only the table of mounts tells.
const FUSE: u32 = 0x6573_5546;
/// Those programs that keep their files on this machine. Another one may send them anywhere, as sshfs, glusterfs, davfs or rclone do.
const HERE: [&str; 6] =
    ["fuseblk", "fuse.encfs", "fuse.fuse-overlayfs", "fuse.fuse2fs", "fuse.gocryptfs", "fuse.mergerfs"];

/// The kind of file system that a folder is on, if other machines may write there as well; `None`: it is this machine's own, as far as the
/// system tells.
pub(super) fn shared(dir: &Path) -> Option<String> {
    let system = rustix::fs::statfs(dir).ok()?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "magic numbers have 32 bits")]
    let magic = system.f_type as u32;
    by_number(magic)?;
    let device = fs::metadata(dir).ok()?.dev();
    let own_root = fs::metadata("/").is_ok_and(|root| root.dev() == device);
    let mounts = fs::read("/proc/self/mountinfo").unwrap_or_default();
    judge(magic, kind(&String::from_utf8_lossy(&mounts), device), own_root)
}

/// What the number alone tells of a kind that other machines may write to; `None`: this machine's own.
fn by_number(magic: u32) -> Option<&'static str> {
    match magic {
        PLAN9 => Some("9p"),
        FUSE => Some("fuse"),
        _ => SHARED.iter().find(|(number, _)| *number == magic).map(|(_, name)| *name),
    }
}

/// `own_root`: the root of the machine is on it, which containers and small virtual machines are handed for themselves alone.
fn judge(magic: u32, kind: Option<&str>, own_root: bool) -> Option<String> {
    let name = by_number(magic)?;
    let here = match magic {
        PLAN9 => own_root,
        FUSE => own_root || kind.is_some_and(|kind| HERE.contains(&kind)),
        _ => false,
    };
    (!here).then(|| kind.unwrap_or(name).to_owned())
}

/// The kind of a device in the table of mounts (`proc_pid_mountinfo(5)`).
fn kind(mounts: &str, device: u64) -> Option<&str> {
    let number = format!("{}:{}", rustix::fs::major(device), rustix::fs::minor(device));
    let of_device = |line: &&str| line.split(' ').nth(2) == Some(&number);
    let line = mounts.lines().find(of_device)?;
    line.split_once(" - ")?.1.split(' ').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &str = "\
22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
36 22 0:40 / /mnt/a\\040-\\040b rw,nosuid,nodev,relatime shared:7 - fuse.sshfs li@office:/srv rw,user_id=0
37 22 0:41 /sub /mnt/c rw - fuse.glusterfs office:/ledger rw
38 22 0:42 / /mnt/d rw,relatime - fuseblk /dev/sdb1 rw
39 22 0:43 / /mnt/e rw - virtiofs shared rw
";

    fn minor(minor: u32) -> u64 {
        rustix::fs::makedev(0, minor)
    }

    #[test]
    fn the_table_of_mounts_tells_the_kind() {
        assert_eq!(kind(MOUNTS, rustix::fs::makedev(254, 0)), Some("ext4"));
        let kinds = [40, 41, 42, 43, 44].map(|no| kind(MOUNTS, minor(no)));
        assert_eq!(kinds, [Some("fuse.sshfs"), Some("fuse.glusterfs"), Some("fuseblk"), Some("virtiofs"), None]);
    }

    #[test]
    fn what_other_machines_may_write_is_known() {
        // The numbers stand in linux/magic.h.
        for (magic, kind) in [
            (0x6969, "nfs4"),
            (0xFE53_4D42, "smb3"),
            (0xFF53_4D42, "cifs"),
            (0x00C3_6400, "ceph"),
            (0x0102_1997, "9p"),
            (0x6573_5546, "virtiofs"),
            (0x6573_5546, "fuse.sshfs"),
            (0x6573_5546, "fuse.glusterfs"),
            (0x6573_5546, "fuse.rclone"),
            (0x6573_5546, "fuse.something-new"),
        ] {
            assert_eq!(judge(magic, Some(kind), false).as_deref(), Some(kind));
            assert!(judge(magic, None, false).is_some(), "{kind}, without /proc");
        }
    }

    #[test]
    fn what_is_this_machine_s_own_is_let_in() {
        // ext4, xfs, btrfs, tmpfs, overlayfs, zfs.
        for magic in [0xEF53, 0x5846_5342, 0x9123_683E, 0x0102_1994, 0x794C_7630, 0x2FC1_2FC1] {
            assert_eq!(judge(magic, None, false), None);
        }
        for kind in ["fuseblk", "fuse.gocryptfs", "fuse.fuse-overlayfs"] {
            assert_eq!(judge(FUSE, Some(kind), false), None);
        }
        // The root of a container or of a small virtual machine; that of a machine that starts over the network is others' as well.
        assert_eq!((judge(PLAN9, Some("9p"), true), judge(FUSE, Some("virtiofs"), true)), (None, None));
        assert_eq!(judge(0x6969, Some("nfs4"), true).as_deref(), Some("nfs4"));
        assert_eq!(shared(&std::env::temp_dir()), None);
    }
}
