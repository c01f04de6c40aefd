//! An office for tests: a staff list, an enrolled roster, codes taken from the printed letters,
//! and frozen sets built with `selfcheck`'s own types.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
#![allow(dead_code, reason = "each test file uses its own part of the office")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use selfcheck::b64::B64;
use selfcheck::code::EnrolmentCode;
use selfcheck::digest::Sha256;
use selfcheck::grade::Response;
use selfcheck::id::{ChoiceId, OrgId, PersonId};
use selfcheck::keys::PersonKey;
use selfcheck::result::{App, Decision, Inputs, Payload, sign};
use selfcheck::set::{
    Acknowledgement, Bands, Campaign, CampaignSet, Category, Choice, FrozenSet, Kind, Question,
    QuestionSet, Role,
};
use tempfile::TempDir;

pub const HEADER: &str = "職員番号,氏名,部局コード,部局,所属コード,所属,役割,対象\n";
pub const STAFF: &str = "\
000123,上尾 花子,10,総務部,1010,IT推進課,,
000124,大宮 太郎,10,総務部,1010,IT推進課,管理者,
000125,浦和 次郎,20,市民部,2010,市民課,担当者,
";

/// A folder with everything, gone at the end of the test.
pub struct Office {
    pub folder: TempDir,
}

/// Parses a `--json` document and holds it against its published schema.
pub fn valid(schema: &str, document: &str) -> serde_json::Value {
    let schema = serde_json::from_str(schema).unwrap();
    let document = serde_json::from_str(document).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> = validator
        .iter_errors(&document)
        .map(|error| format!("{error} at {}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}\n{document}");
    document
}

pub const VERIFY_SCHEMA: &str = include_str!("../../schema/verify.schema.json");
pub const COLLECT_SCHEMA: &str = include_str!("../../schema/collect.schema.json");
pub const STATUS_SCHEMA: &str = include_str!("../../schema/status.schema.json");

/// What a run of `tally` left.
pub struct Ran {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Office {
    /// An empty folder, in memory where there is such a place: `tally` waits for the disk often.
    pub fn empty() -> Self {
        let memory = Path::new("/dev/shm");
        let folder = if memory.is_dir() { TempDir::new_in(memory) } else { TempDir::new() };
        Self { folder: folder.unwrap() }
    }

    /// The staff list enrolled, the archive of campaign `r8` in place.
    pub fn enrolled() -> Self {
        let office = Self::empty();
        office.write("staff.csv", format!("{HEADER}{STAFF}").as_bytes());
        let ran = office.enrol("letters.html", &[]);
        assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
        for role in Role::ALL {
            office.write(&format!("archive/r8/set-{role}.json"), set(role).to_json().as_bytes());
        }
        office
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// The names of everything in the folder, sorted.
    pub fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// Runs the real binary in the folder.
    pub fn tally(&self, args: &[&str]) -> Ran {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tally"));
        command.current_dir(self.folder.path()).args(args).output().unwrap().into()
    }

    pub fn enrol(&self, letters: &str, more: &[&str]) -> Ran {
        let mut args = vec!["enrol", "--staff", "staff.csv", "--roster", "roster.json"];
        args.extend(["--letters", letters, "--org", "ageo", "--issued", "2026-10-01"]);
        args.extend(more);
        self.tally(&args)
    }

    pub fn verify(&self, more: &[&str]) -> Ran {
        let mut args = vec!["verify", "--roster", "roster.json", "--archive", "archive"];
        args.extend(more);
        self.tally(&args)
    }

    /// The codes as printed on the letters, by person number, in the order of the pages.
    pub fn codes(&self, letters: &str) -> Vec<(String, String)> {
        let html = self.read(letters);
        let between = |text: &str, start: &str| {
            let after = text.split_once(start).unwrap().1;
            after.split_once('<').unwrap().0.to_owned()
        };
        let pages = html.split("<section class=\"letter\"").skip(1);
        pages
            .map(|page| {
                let person = between(page, "<dd class=\"person\">");
                (person, between(page, "<p class=\"code\">"))
            })
            .collect()
    }

    /// The signing key of a person, derived from the printed letter as the page would.
    pub fn key(&self, person: &str) -> PersonKey {
        let codes = self.codes("letters.html");
        let (_, code) = codes.iter().find(|(sub, _)| sub == person).unwrap();
        key_of(person, code)
    }
}

/// The key a printed code leads to.
pub fn key_of(person: &str, code: &str) -> PersonKey {
    let (org, person): (OrgId, PersonId) = ("ageo".parse().unwrap(), person.parse().unwrap());
    PersonKey::derive(&EnrolmentCode::read(code, &org, &person).unwrap(), &org, &person)
}

/// A small set with every kind of question; managers and contacts get one more.
pub fn set(role: Role) -> CampaignSet {
    let choices = |key: &str| -> Vec<Choice> {
        let choice = |(index, mark)| Choice {
            id: ChoiceId::nth(index).unwrap(),
            text: format!("選択肢 {index}"),
            correct: mark == '+',
        };
        key.chars().enumerate().map(choice).collect()
    };
    let question = |id: &str, kind, category: &str, weight| Question {
        id: id.parse().unwrap(),
        rev: 1,
        kind,
        category: category.parse().unwrap(),
        weight,
        prompt: format!("設問 {id}"),
        explanation: "解説".to_owned(),
        page: "people/password".parse().unwrap(),
        action: format!("{id} の改善アクション"),
    };
    let mut questions = vec![
        question("pw1", Kind::Single(choices("-+--")), "pw", 2),
        question("pw2", Kind::Practice { allow_na: false }, "pw", 3),
        question("pw3", Kind::Multiple(choices("++-+-")), "pw", 2),
        question("ia1", Kind::Scenario(choices("--+-")), "ia", 3),
        question("ia2", Kind::Practice { allow_na: true }, "ia", 3),
    ];
    if role != Role::General {
        questions.push(question("mg1", Kind::Practice { allow_na: false }, "ia", 3));
    }
    let category =
        |id: &str, title: &str| Category { id: id.parse().unwrap(), title: title.to_owned() };
    CampaignSet {
        org: "ageo".parse().unwrap(),
        campaign: Campaign {
            id: "r8".parse().unwrap(),
            nonce: B64([7; 16]),
            title: "令和8年度 情報セキュリティ自己点検".to_owned(),
            fiscal_year: 2026,
            opens: "2026-11-16".parse().unwrap(),
            closes: "2026-12-04".parse().unwrap(),
            grace_days: 14,
        },
        role,
        acknowledgements: vec![Acknowledgement {
            page: "policy/basic".parse().unwrap(),
            title: "基本方針".to_owned(),
            sha256: Sha256::of(b"policy"),
            statement: "読み、守ります。".to_owned(),
        }],
        questions: QuestionSet::new(
            Bands { good: 85, review: 70 },
            vec![category("pw", "パスワード"), category("ia", "情報資産")],
            questions,
        )
        .unwrap(),
    }
}

/// The set as the archive holds it.
pub fn frozen(role: Role) -> FrozenSet {
    FrozenSet::parse(set(role).to_json().as_bytes()).unwrap()
}

pub fn response(picked: &str) -> Response {
    Response::new(picked.split(' ').map(|id| id.parse().unwrap()).collect()).unwrap()
}

/// Everything right.
pub fn right_answers() -> Vec<(&'static str, &'static str)> {
    let mut answers = vec![("pw1", "b"), ("pw2", "yes"), ("pw3", "a b d")];
    answers.extend([("ia1", "c"), ("ia2", "na"), ("mg1", "no")]);
    answers
}

/// What the page signs when a person gave these answers.
pub fn payload(role: Role, person: &str, jti: u8, answers: &[(&str, &str)]) -> Payload {
    let frozen = frozen(role);
    let given = |question: &Question| {
        let (_, picked) = answers.iter().find(|(id, _)| *id == question.id.as_str())?;
        Some(response(picked))
    };
    let responses = frozen.set.questions.questions().iter().map(given).collect();
    let inputs = Inputs {
        jti: [jti; 16],
        sub: person.parse().unwrap(),
        app: App { version: "0.1.0".parse().unwrap(), site: "2026.11.16".parse().unwrap() },
        started: "2026-11-20T10:02:11+09:00".parse().unwrap(),
        finished: "2026-11-20T10:20:00+09:00".parse().unwrap(),
        responses,
        decisions: vec![Decision::Accept],
    };
    Payload::compose(&frozen, inputs).unwrap()
}

/// The file a person downloads.
pub fn result_file(office: &Office, role: Role, person: &str, jti: u8) -> String {
    sign(&payload(role, person, jti, &right_answers()), &office.key(person))
}

impl Office {
    pub fn collect(&self, more: &[&str]) -> Ran {
        let mut args = vec!["collect", "--ledger", "r8.jsonl", "--archive", "archive"];
        args.extend(["--roster", "roster.json", "--inbox", "inbox"]);
        args.extend(more);
        self.tally(&args)
    }

    pub fn status(&self, more: &[&str]) -> Ran {
        let mut args = vec!["status", "--ledger", "r8.jsonl", "--roster", "roster.json"];
        args.extend(more);
        self.tally(&args)
    }
}

/// A ledger made by other means than the product: the chain is written out here once more. Of a
/// result whose file was rejected it has the hash of the file alone.
pub fn ledger(lines: &[(&str, &str, Option<&Signed>)]) -> String {
    let mut text = String::new();
    let mut prev = "0".repeat(64);
    for (seq, (seen, outcome, signed)) in lines.iter().enumerate() {
        let quoted = |value: String| format!("\"{value}\"");
        let of = |value: fn(&Signed) -> String| {
            signed.map_or_else(|| "null".to_owned(), |signed| quoted(value(signed)))
        };
        let null = || "null".to_owned();
        let (jti, sha256, kid) = if outcome.starts_with("rejected:") {
            (null(), of(|s| Sha256::of(s.file.as_bytes()).to_string()), null())
        } else {
            (of(|s| s.jti.clone()), of(|s| s.payload_sha256.clone()), of(|s| s.kid.clone()))
        };
        let line = format!(
            r#"{{"seq":{seq},"seen":"{seen}","jti":{jti},"payload_sha256":{sha256},"kid":{kid},"outcome":"{outcome}","prev":"{prev}"}}"#
        );
        prev = Sha256::of(line.as_bytes()).to_string();
        text.push_str(&line);
        text.push('\n');
    }
    text
}

/// A signed result and what the ledger notes of it.
pub struct Signed {
    pub file: String,
    pub jti: String,
    pub payload_sha256: String,
    pub kid: String,
}

impl Signed {
    pub fn new(payload: &Payload, key: &PersonKey) -> Self {
        Self {
            file: sign(payload, key),
            jti: payload.jti.to_string(),
            payload_sha256: Sha256::of(&payload.to_bytes()).to_string(),
            kid: key.public().key_id().to_string(),
        }
    }
}

/// Sections of the larger office: bureau, section, people.
pub const UNITS: [(&str, &str, &str, &str, usize); 6] = [
    ("10", "総務部", "1010", "IT推進課", 10),
    ("10", "総務部", "1020", "職員課", 6),
    ("10", "総務部", "1030", "契約検査課", 3),
    ("20", "市民部", "2010", "市民課", 12),
    ("20", "市民部", "2020", "保険年金課", 8),
    ("30", "消防本部", "3010", "消防総務課", 6),
];

/// Knowledge and practice, some right and some wrong, the same every time.
pub fn some_answers(index: usize) -> Vec<(&'static str, &'static str)> {
    let pick = |of: &[&'static str], step: usize| of[index / step % of.len()];
    vec![
        ("pw1", pick(&["b", "b", "b", "a"], 1)),
        ("pw2", pick(&["yes", "no", "yes", "dk"], 2)),
        ("pw3", pick(&["a b d", "a b", "c", "a b d"], 3)),
        ("ia1", pick(&["c", "c", "a", "c", "c"], 1)),
        ("ia2", pick(&["na", "yes", "yes", "no"], 5)),
        ("mg1", pick(&["yes", "no"], 1)),
    ]
}

impl Office {
    /// Forty-five people in six sections who all answered `index` by index, but for the last of
    /// IT推進課; the first of each section is its manager. The campaign is closed.
    pub fn closed_year() -> (Self, Vec<Signed>) {
        let office = Self::empty();
        let (mut staff, mut people) = (HEADER.to_owned(), Vec::new());
        for (bureau, bureau_name, section, section_name, count) in UNITS {
            for number in 0..count {
                let sub = format!("{section}{number:02}");
                let role = if number == 0 { "管理者" } else { "" };
                staff += &format!(
                    "{sub},氏名{sub},{bureau},{bureau_name},{section},{section_name},{role},\n"
                );
                people.push((sub, number == 0));
            }
        }
        office.write("staff.csv", staff.as_bytes());
        assert_eq!(office.enrol("letters.html", &[]).code, 0);
        for role in Role::ALL {
            office.write(&format!("archive/r8/set-{role}.json"), set(role).to_json().as_bytes());
        }
        let codes: BTreeMap<String, String> = office.codes("letters.html").into_iter().collect();
        let mut signed = Vec::new();
        for (index, (sub, is_manager)) in people.iter().enumerate() {
            if sub == "101009" {
                continue;
            }
            let role = if *is_manager { Role::Manager } else { Role::General };
            let payload = payload(role, sub, index as u8, &some_answers(index));
            let result = Signed::new(&payload, &key_of(sub, &codes[sub]));
            office.write(&format!("inbox/{sub}.json"), result.file.as_bytes());
            signed.push(result);
        }
        office.write_ledger(&signed);
        (office, signed)
    }

    /// Everything seen in time, then closed.
    pub fn write_ledger(&self, signed: &[Signed]) {
        let seen = "2026-11-25T09:00:00+09:00";
        let mut lines = vec![(seen, "open:r8", None)];
        lines.extend(signed.iter().map(|signed| (seen, "accepted", Some(signed))));
        lines.push(("2026-12-05T09:00:00+09:00", "closed", None));
        self.write("r8.jsonl", ledger(&lines).as_bytes());
    }

    pub fn report(&self, out: &str, more: &[&str]) -> Ran {
        let mut args = vec!["report", "--ledger", "r8.jsonl", "--archive", "archive"];
        args.extend(["--roster", "roster.json", "--files", "inbox", "--out", out]);
        args.extend(more);
        self.tally(&args)
    }
}
