#[test]
fn dump() {
    let f = std::env::var("F").unwrap_or("seeds/quzhou-2024.txt".into());
    let c = std::fs::read_to_string("seeds/quzhou-2024.corrections.toml").unwrap();
    let c = if std::env::var("C").is_ok() { None } else { Some(c.as_str()) };
    let r = duban::import::read(&f, &std::fs::read(&f).unwrap(), c);
    let r = match r {
        Ok(r) => r,
        Err(e) => {
            println!("{e} {e:?}");
            return;
        }
    };
    println!("{:#?}", r.document);
    for t in &r.tasks {
        println!(
            "{} {} {:?} {:?} | {:?} {} {} {}",
            t.key, t.line, t.leaders, t.lead_units, t.coop_units, t.deadline, t.chapter, t.text
        );
    }
    for w in &r.rows {
        println!(
            "{} {} {} | {} | {:?} {} | {} | {:?} | {:?} | {:?}",
            w.key,
            w.line,
            w.category,
            w.name,
            w.total,
            w.unit,
            w.areas.iter().map(|a| format!("{:?}", a.quota)).collect::<Vec<_>>().join(" "),
            w.lead_units,
            w.coop_units,
            w.sum_check().map(|s| (s.sum.to_string(), s.agrees()))
        );
    }
    for x in &r.findings {
        println!(
            "{}.{} {:?} {:?} {} || {} || {}",
            x.line,
            x.no,
            x.item.map(|k| k.to_string()),
            x.confidence,
            x.what,
            x.reading,
            x.why
        );
        for a in &x.alternatives {
            println!("    {} / {} ", a.reading, a.why);
        }
    }
    println!("{} {} {} {:?}", r.tasks.len(), r.rows.len(), r.findings.len(), r.units);
}
