//! Real accounts of each role on a real sshd: what one may not do is refused on the screen, on the command line, and raw on the socket.

use std::path::Path;
use std::process::Output;
use std::thread;
use std::time::Duration;

use duban::model::{
    Batch, BatchId, Denial, DocumentId, Filing, Intent, ItemKey, Key, Light, Override, Record, Review, Seq, Write,
};
use duban::store::{OpenError, Refused, current_actor, new_batch_id, visit};

use crate::server::{Server, can_be_tried};

fn words(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// T5 is the 市发改委's among others', T1 is not.
#[test]
fn each_role_does_what_it_may_and_no_more_over_ssh() {
    if !can_be_tried() {
        return;
    }
    let server = Server::start();
    let own = own_task(&server);
    let file = |item: &str| format!("duban file {item} --period 2024Q3 --percent 30 --progress 推进中");
    for (user, command, status) in [
        ("dubt-contact", file(&own), 0),
        ("dubt-contact", "duban who 充电桩".to_owned(), 0),
        ("dubt-contact", file("T1"), 3),
        ("dubt-contact", format!("duban review {own} --accept --period 2024Q3"), 3),
        ("dubt-contact", format!("duban light {own} red 冒充"), 3),
        ("dubt-contact", "duban role add dubt-contact admin".to_owned(), 3),
        ("dubt-contact", "duban import /etc/passwd".to_owned(), 3),
        ("dubt-contact", "duban --data /tmp/elsewhere list".to_owned(), 3),
        // Refused before it is looked at: whether a file is there is nobody's business either.
        ("dubt-contact", "duban bulletin 2024Q3 --next @/etc/passwd".to_owned(), 3),
        ("dubt-contact", "duban bulletin 2024Q3 --opening @/no/such/file".to_owned(), 3),
        ("dubt-reader", "duban restore /etc/passwd --dry-run".to_owned(), 3),
        ("dubt-reader", "duban report 2024Q3 --format txt -o /tmp/duban-by-a-reader".to_owned(), 3),
        ("dubt-reader", "duban report 2024Q3 --each unit -o /tmp/duban-by-a-reader".to_owned(), 3),
        ("dubt-reader", "duban file --from /etc/passwd".to_owned(), 3),
        ("dubt-reader", "duban docs /tmp/duban-by-a-reader".to_owned(), 3),
        ("dubt-contact", "cat /etc/passwd".to_owned(), 3),
        ("dubt-contact", "duban list; id".to_owned(), 2),
        ("dubt-reader", "duban list".to_owned(), 0),
        ("dubt-reader", file("T1"), 3),
        ("dubt-norole", "duban list".to_owned(), 3),
        (
            "dubt-editor",
            format!("{} --server {} file T1 --percent 40", server.path("duban"), server.socket().display()),
            0,
        ),
        (
            "dubt-editor",
            format!("{} --server {} role add dubt-reader editor", server.path("duban"), server.socket().display()),
            3,
        ),
        (
            "dubt-admin",
            format!("{} --server {} role add dubt-reader reader", server.path("duban"), server.socket().display()),
            0,
        ),
    ] {
        let output = server.ssh(user, &command);
        assert_eq!(output.status.code(), Some(status), "{user}: {command}: {}", words(&output));
        assert!(!words(&output).contains("root:"), "{user}: {command}");
    }
    let log = server.as_host(&["log"]);
    assert!(log.contains("dubt-contact") && log.contains("dubt-editor"), "{log}");
    assert!(!log.contains("dubt-norole"), "{log}");
}

fn own_task(server: &Server) -> String {
    let listed = server.as_host(&["list", "--unit", "市发改委", "--json"]);
    let items: serde_json::Value = serde_json::from_str(&listed).unwrap();
    items.pointer("/0/key").unwrap().as_str().unwrap().to_owned()
}

#[test]
fn there_is_no_way_round_the_forced_command() {
    if !can_be_tried() {
        return;
    }
    let server = Server::start();
    assert!(!server.sftp("dubt-contact").status.success());
    // A tunnel to the socket, and from the socket's side: sshd opens neither.
    let here = server.path("tunnel");
    let forward = format!("{here}:{}", server.socket().display());
    let mut child = server.ssh_with("dubt-contact", &["-N", "-o", "ExitOnForwardFailure=yes", "-L", &forward]);
    thread::sleep(Duration::from_secs(1));
    // The client's end may listen; nothing comes through it.
    let through = visit(Path::new(&here), &current_actor());
    assert!(matches!(through, Err(OpenError::Away(_))), "{through:?}");
    let _ = child.kill();
    let _ = child.wait();
    for options in [&["-N", "-R", "0:127.0.0.1:22"][..], &["-N", "-W", "127.0.0.1:22"]] {
        let mut refused: Vec<&str> = vec!["-o", "ExitOnForwardFailure=yes"];
        refused.extend(options);
        let mut child = server.ssh_with("dubt-contact", &refused);
        let ended = (0..200).find_map(|_| {
            thread::sleep(Duration::from_millis(50));
            child.try_wait().unwrap()
        });
        let _ = child.kill();
        assert!(ended.is_some_and(|status| !status.success()), "{options:?}");
    }
}

#[test]
fn the_files_are_the_service_s_alone_and_the_socket_its_group_s() {
    if !can_be_tried() {
        return;
    }
    let server = Server::start();
    for user in ["dubt-editor", "dubt-contact", "dubt-outsider"] {
        let journal = server.path("data/journal/000001.jsonl");
        let output = Server::program_as(user, "/bin/cat", &[&journal]);
        assert!(!output.status.success() && output.stdout.is_empty(), "{user} reads the journal");
    }
    let output = server.as_user("dubt-outsider", &["list"]);
    assert_eq!(output.status.code(), Some(4), "{}", words(&output));
}

/// A client of one's own making: this test program, started anew under the contact's account, which asks the host past every face.
#[test]
fn what_a_role_may_not_is_refused_raw_on_the_socket() {
    if !can_be_tried() {
        return;
    }
    let server = Server::start();
    let own = own_task(&server);
    std::fs::copy(std::env::current_exe().unwrap(), server.path("raw")).unwrap();
    for user in ["dubt-contact", "dubt-reader", "dubt-norole"] {
        let before = server.as_host(&["log"]);
        let socket = server.socket().display().to_string();
        let output = Server::program_as(
            user,
            "/usr/bin/env",
            &[
                &format!("DUBAN_TEST_RAW={socket}"),
                &format!("DUBAN_TEST_OWN={own}"),
                &server.path("raw"),
                "ssh::raw",
                "--exact",
                "--nocapture",
                "--test-threads=1",
            ],
        );
        assert!(output.status.success(), "{user}: {}", words(&output));
        assert!(words(&output).contains("all refused"), "{user}: {}", words(&output));
        assert_eq!(server.as_host(&["log"]), before, "{user}: nothing was written");
    }
}

/// Not a test by itself: the contact's own client.
#[test]
fn raw() {
    let (Ok(socket), Ok(own)) = (std::env::var("DUBAN_TEST_RAW"), std::env::var("DUBAN_TEST_OWN")) else { return };
    // It says that it is root; the kernel says who it is.
    let root = duban::model::Actor { uid: 0, name: "root".into() };
    let opened = visit(Path::new(&socket), &root).unwrap();
    let store = opened.store;
    let id = DocumentId::new("quzhou-2024").unwrap();
    let (own, period) = (own.parse::<ItemKey>().unwrap(), "2024Q3".parse().unwrap());
    let other = ItemKey::task(1);
    let text = |progress: &str| Filing { progress: progress.into(), ..Filing::default() };
    let role = duban::model::role::Role {
        uid: current_actor().uid,
        name: current_actor().name.as_str().into(),
        may: duban::model::role::May::Admin,
    };
    let light = Override { light: Light::Green, reason: "自己定".into() };
    let base = |key: &Key| store.snapshot().map_or(Seq::ZERO, |ledger| ledger.version(key));
    let wishes: Vec<(Key, Intent, Option<Record>)> = vec![
        (Key::filing(&id, other, period), Intent::File, Some(Record::Filing(text("别人的任务")))),
        (Key::filing(&id, own, period), Intent::Review, Some(Record::Filing(text("冒充审核")))),
        (
            Key::filing(&id, own, period),
            Intent::File,
            Some(Record::Filing(Filing { review: Review::Accepted, ..text("自己审核") })),
        ),
        (Key::light(&id, own, period), Intent::Override, Some(Record::Override(light.clone()))),
        (Key::light(&id, own, period), Intent::File, Some(Record::Override(light))),
        (Key::role(&role.name), Intent::File, Some(Record::Role(role.clone()))),
        (Key::item(&id, own), Intent::Import, None),
        (Key::document(&id), Intent::Settings, None),
        (Key::bulletin(&id, period), Intent::Bulletin, None),
    ];
    for (key, intent, value) in wishes {
        let writes = vec![Write { base: base(&key), key: key.clone(), value }];
        let at = chrono::DateTime::UNIX_EPOCH.fixed_offset();
        let batch = Batch { id: new_batch_id(), at, intent, undoes: None, writes };
        let refused = store.commit(&root, &batch).unwrap_err();
        assert!(matches!(refused, Refused::Denied(_)), "{key} {intent:?}: {refused:?}");
    }
    // More at once than one person files, and more text than a record holds.
    let filing = |no: u16| Write {
        key: Key::filing(&id, ItemKey::task(no), period),
        base: Seq::ZERO,
        value: Some(Record::Filing(text("很多"))),
    };
    let at = chrono::DateTime::UNIX_EPOCH.fixed_offset();
    let batch = |writes| Batch { id: new_batch_id(), at, intent: Intent::File, undoes: None, writes };
    assert!(store.commit(&root, &batch((1..=300).map(filing).collect())).is_err(), "too many writes");
    let long = Record::Filing(text(&"长".repeat(40_000)));
    let key = Key::filing(&id, own, period);
    let refused = store.commit(&root, &batch(vec![Write { base: base(&key), key, value: Some(long) }]));
    assert!(refused.is_err(), "a request that is too large");
    // A document laid into the service's folder, under its right hash.
    let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855".parse().unwrap();
    assert!(matches!(opened.library.keep(empty, b""), Err(Refused::Denied(_))), "a document is kept");
    // A line of the log that is none: the name, the time and the intent are the host's.
    let forged = Record::Filing(text("推进中\n#9999\t2024-01-01 00:00\troot\t审核"));
    let key = Key::filing(&id, other, period);
    assert!(store.commit(&root, &batch(vec![Write { base: base(&key), key, value: Some(forged) }])).is_err());
    // Taking back what the office did, as an undo would.
    let undo = Batch {
        id: BatchId([9; 16]),
        at: chrono::DateTime::UNIX_EPOCH.fixed_offset(),
        intent: Intent::Undo,
        undoes: Some(Seq(2)),
        writes: vec![Write { key: Key::role("dubt-admin"), base: base(&Key::role("dubt-admin")), value: None }],
    };
    assert!(matches!(store.commit(&root, &undo), Err(Refused::Denied(_) | Refused::Invalid(_))));
    if let Err(refused) = store.snapshot() {
        assert!(matches!(refused, Refused::Denied(Denial::NoRole { .. })), "{refused:?}");
    }
    println!("all refused");
}

#[test]
fn the_screen_of_a_contact_says_why_not() {
    if !can_be_tried() {
        return;
    }
    let server = Server::start();
    let mut screen = server.screen("dubt-contact");
    screen.shows("联络员");
    screen.send("A");
    screen.shows("只有督查室");
    screen.send("q");
    screen.ended();
    let mut screen = server.screen("dubt-reader");
    screen.shows("只读");
    screen.send("e");
    screen.shows("只");
    // The sheet for printing has a line for a file's name: not with this login.
    screen.send("p");
    screen.shows("双面");
    screen.send("\x13");
    screen.shows("受限登录不能");
    screen.send("\x1b");
    screen.settle();
    screen.send("q");
    screen.ended();
    let mut screen = server.screen("dubt-norole");
    screen.shows("没有角色");
    screen.ended();
}

#[test]
fn a_restarted_service_and_a_cut_line_lose_nothing() {
    if !can_be_tried() {
        return;
    }
    let mut server = Server::start();
    let mut screen = server.screen("dubt-contact");
    screen.shows("联络员");
    screen.send("e\t线路断开之前");
    screen.shows("线路断开之前");
    server.restart();
    screen.send("之后");
    screen.shows("线路断开之前之后");
    screen.settle();
    screen.hang_up();
    screen.ended();
    // At the next login, from any other terminal.
    let mut screen = server.screen("dubt-contact");
    screen.shows("线路断开之前之后");
    screen.send("\r");
    screen.settle();
    screen.send("\x13");
    screen.shows("已存 #");
    screen.send("q");
    screen.ended();
    assert!(server.as_host(&["log"]).contains("dubt-contact"));
}
