//! Japanese content out of a seed: pages of about 4 KB with ※ terms, links between pages, a table
//! and a list, a glossary, and pages of all three visibilities.
//!
//! Nothing here depends on `content/`: the same numbers give the same bytes, so figures of two
//! years can be compared.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

/// How much content there is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size {
    /// Pages of the staff site; one in ten of them is public.
    pub(crate) pages: usize,
    /// Pages of the committee's site beside those.
    pub(crate) restricted: usize,
}

/// Pages a folder, so that navigation stays as long as that of a real site.
const PER_FOLDER: usize = 100;
const TERMS: usize = 200;
/// Bytes of a page's body, about.
const BODY_BYTES: usize = 3_600;

/// Writes a content folder.
pub(crate) fn write(folder: &Path, size: Size) -> Result<()> {
    let total = size.pages + size.restricted;
    let mut files = vec![
        ("site.toml".to_owned(), site_toml(total)),
        ("data/organization.toml".to_owned(), ORGANIZATION.to_owned()),
        ("pages/home.md".to_owned(), home()),
        ("pages/open.md".to_owned(), open()),
        ("pages/glossary.md".to_owned(), glossary_page()),
    ];
    files.extend((0..TERMS).map(|term| (format!("glossary/term-{term:03}.md"), term_file(term))));
    for page in 0..total {
        files.push((format!("pages/{}.md", page_id(page)), page_text(page, size)));
    }
    for (path, text) in files {
        let path = folder.join(path);
        let parent = path.parent().unwrap_or(folder);
        fs::create_dir_all(parent)
            .and_then(|()| fs::write(&path, text))
            .with_context(|| format!("cannot write `{}`", path.display()))?;
    }
    Ok(())
}

/// The id of a page.
pub(crate) fn page_id(page: usize) -> String {
    format!("part-{:03}/page-{page:05}", page / PER_FOLDER)
}

/// The Markdown file of a page.
pub(crate) fn page_text(page: usize, size: Size) -> String {
    let mut random = Random::new(page as u64);
    let level = level(page, size);
    let rule = page.is_multiple_of(3);
    let mut text = format!(
        "+++\ntitle = \"情報を守る決まり第{page}号\"\nsummary = \"{}\"\n\
         owner = \"IT推進課 情報システム管理者\"\nlayer = \"{}\"\n{}review_due = 2030-03-31\n\
         visibility = \"{level}\"\nrevised = [{{ date = 2026-04-01, note = \"{}\" }}]\n\
         order = {page}\n+++\n\n",
        random.sentence(),
        if rule { "対策基準" } else { "解説" },
        if rule { RULE_KEYS } else { "" },
        random.sentence(),
    );
    let _ = writeln!(text, "{}\n", random.paragraph(3));
    for section in 1..=3 {
        let _ = writeln!(text, "## {}のこと{section} {{#part-{section}}}\n", random.pick(OBJECTS));
        let _ = writeln!(text, "{}\n", random.paragraph(2));
        match section {
            1 => table(&mut text, &mut random),
            2 => list(&mut text, page, size, &mut random),
            _ => {}
        }
    }
    while text.len() < BODY_BYTES {
        let _ = writeln!(text, "{}\n", random.paragraph(2));
    }
    text
}

const RULE_KEYS: &str = "approver = \"情報セキュリティ委員会\"\nestablished = 2022-04-01\n";

fn level(page: usize, size: Size) -> &'static str {
    match page {
        page if page >= size.pages => "restricted",
        page if page.is_multiple_of(10) => "public",
        _ => "intranet",
    }
}

fn table(text: &mut String, random: &mut Random) {
    text.push_str("| 対象 | すること | 期限 |\n|---|---|---|\n");
    for day in 1..=4 {
        let (object, verb) = (random.pick(OBJECTS), random.pick(VERBS));
        let _ = writeln!(text, "| {object} | {verb} | {day}日以内 |");
    }
    text.push('\n');
}

/// Links lead to pages that every site with this one shows.
fn list(text: &mut String, page: usize, size: Size, random: &mut Random) {
    let here = page / PER_FOLDER;
    for _ in 0..4 {
        let target = random.below(size.pages / 10) * 10;
        let address = if target / PER_FOLDER == here {
            format!("page-{target:05}.md")
        } else {
            format!("../{}.md", page_id(target))
        };
        let part = 1 + random.below(3);
        let _ = writeln!(
            text,
            "- [情報を守る決まり第{target}号]({address}#part-{part})を読み、{}。",
            random.pick(VERBS)
        );
    }
    text.push('\n');
}

fn site_toml(pages: usize) -> String {
    let mut text = "[organization]\nid = \"bench\"\nname = \"試験市\"\n\
        [[navigation]]\nfolder = \"\"\ntitle = \"はじめに\"\n"
        .to_owned();
    for folder in 0..pages.div_ceil(PER_FOLDER) {
        let _ = writeln!(
            text,
            "[[navigation]]\nfolder = \"part-{folder:03}\"\ntitle = \"第{}部\"",
            folder + 1
        );
    }
    for (site, home) in [("public", "open"), ("intranet", "home"), ("restricted", "home")] {
        let _ = writeln!(
            text,
            "[[sites]]\nid = \"{site}\"\nlevel = \"{site}\"\ntitle = \"試験市の情報セキュリティ\"\n\
             label = \"{site}\"\nbase_url = \"https://{site}.example/\"\nhome = \"{home}\"\n\
             report = \"open\"\nhelp = [\"手を止めます。\", \"声で知らせます。\"]"
        );
    }
    text
}

const ORGANIZATION: &str = "[[sections]]\nname = \"IT推進課\"\n";

fn home() -> String {
    front_matter("はじめに", "intranet") + "職員のための最初のページです。\n"
}

fn open() -> String {
    front_matter("市民の皆さんへ", "public") + "市民の皆さんのための最初のページです。\n"
}

fn glossary_page() -> String {
    front_matter("用語集", "public") + "```glossary\n```\n"
}

fn front_matter(title: &str, visibility: &str) -> String {
    format!(
        "+++\ntitle = \"{title}\"\nsummary = \"{title}のページです。\"\n\
         owner = \"IT推進課 情報システム管理者\"\nlayer = \"解説\"\nreview_due = 2030-03-31\n\
         visibility = \"{visibility}\"\n+++\n\n"
    )
}

fn term_file(term: usize) -> String {
    let mut random = Random::new(0xF00D + term as u64);
    format!(
        "+++\nterm = \"{}\"\nreading = \"{}\"\nshort = \"{}\"\nvisibility = \"public\"\n+++\n\n{}{}\n",
        term_name(term),
        term_reading(term),
        random.plain_sentence(),
        random.plain_sentence(),
        random.plain_sentence(),
    )
}

/// A made-up word: two parts of twenty and of ten.
fn term_name(term: usize) -> String {
    term_parts(term).map(|part| part.0).concat()
}

fn term_reading(term: usize) -> String {
    term_parts(term).map(|part| part.1).concat()
}

fn term_parts(term: usize) -> [(&'static str, &'static str); 2] {
    [(TERM_STARTS, term % 20), (TERM_ENDS, term / 20 % 10)]
        .map(|(words, index)| nth(words, index).split_once('/').unwrap_or_default())
}

/// A word of a list; the lists are long enough for every index asked for.
fn nth(words: &'static str, index: usize) -> &'static str {
    words.split(' ').nth(index).unwrap_or_default()
}

/// SplitMix64: a few lines, and the same numbers for ever.
struct Random(u64);

impl Random {
    fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0xA076_1D64_78BD_642F) ^ 0x2026)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`; 0 when `end` is 0.
    fn below(&mut self, end: usize) -> usize {
        let end = end.max(1) as u64;
        usize::try_from(self.next() % end).unwrap_or(0)
    }

    fn pick(&mut self, words: &'static str) -> &'static str {
        let count = words.split(' ').count();
        nth(words, self.below(count))
    }

    /// A sentence without marked terms.
    fn plain_sentence(&mut self) -> String {
        let (when, who) = (self.pick(WHEN), self.pick(SUBJECTS));
        let (what, verb) = (self.pick(OBJECTS), self.pick(VERBS));
        format!("{when}、{who}は{what}を{verb}。")
    }

    fn sentence(&mut self) -> String {
        let number = 2 + self.below(97);
        let (who, what, verb) = (self.pick(SUBJECTS), self.pick(OBJECTS), self.pick(VERBS));
        format!("{who}は、{number}日ごとに{what}を{verb}。")
    }

    /// Sentences, one of which marks a term.
    fn paragraph(&mut self, sentences: usize) -> String {
        let mut text: String = (0..sentences).map(|_| self.plain_sentence()).collect();
        let term = term_name(self.below(TERMS));
        let (who, verb) = (self.pick(SUBJECTS), self.pick(VERBS));
        let _ = write!(text, "{who}は**{}**として{term}※に備え、{verb}。", self.pick(OBJECTS));
        text
    }
}

// Words, parted by spaces; of terms, with the reading after a slash.
const WHEN: &str = "毎日の始まりに 席を離れるとき 異動の前に 年度の初めに 外へ持ち出す前に \
    通知が届いたら 月の終わりに 委託を始める前に 機器を廃棄するとき 休みの前に \
    会議の後に 訓練の日に 点検の期間に 更新の後に 窓口を閉めるとき \
    急いでいるときも";
const SUBJECTS: &str = "すべての職員 所属長 情報システム管理者 担当者 委託先の責任者 \
    新しく入った職員 統括責任者 課の連絡係 窓口の職員 会計年度任用職員 \
    出張する職員 在宅の職員 機器の管理者 研修の講師 監査の担当 文書の管理者";
const OBJECTS: &str = "端末の画面 業務の記録 紙の書類 共有フォルダ 持ち出しの台帳 入退室の記録 \
    委託の契約書 外部の媒体 重要な情報 電子メールの宛先 庁内の無線 名札と鍵 \
    設定の一覧 保存の期限 利用の申請 連絡先の表 予備の機器 作業の手順";
const VERBS: &str = "確かめます 記録します 上司に報告します 見直します 決められた場所に戻します \
    二人で確認します 一覧にまとめます 鍵のかかる棚にしまいます \
    手順のとおりに消します 必ず更新します すぐに届け出ます 年に一度は点検します \
    ほかの人に渡しません 担当の課に相談します 期限までに済ませます 控えを残します";
const TERM_STARTS: &str = "情報/じょうほう 電子/でんし 機密/きみつ 暗号/あんごう 認証/にんしょう \
    通信/つうしん 端末/たんまつ 記録/きろく 監視/かんし 復旧/ふっきゅう \
    遠隔/えんかく 利用者/りようしゃ 管理者/かんりしゃ 庁内/ちょうない \
    外部/がいぶ 住民/じゅうみん 資産/しさん 媒体/ばいたい 脅威/きょうい \
    障害/しょうがい";
const TERM_ENDS: &str = "区域/くいき 証明/しょうめい 台帳/だいちょう 基準/きじゅん 攻撃/こうげき \
    計画/けいかく 検査/けんさ 権限/けんげん 分離/ぶんり 訓練/くんれん";

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: Size = Size { pages: 1000, restricted: 10 };

    #[test]
    fn the_same_page_every_time() {
        assert_eq!(page_text(7, SIZE), page_text(7, SIZE));
        assert_ne!(page_text(7, SIZE), page_text(8, SIZE));
    }

    #[test]
    fn a_page_is_about_four_kilobytes_and_has_everything() {
        for page in [0, 1, 10, 999, 1005] {
            let text = page_text(page, SIZE);
            assert!((3_600..4_500).contains(&text.len()), "page {page}: {} bytes", text.len());
            for part in ["※", "| 対象 |", "](", "\n- ", "{#part-3}", "**"] {
                assert!(text.contains(part), "page {page} has no `{part}`");
            }
        }
    }

    #[test]
    fn words_are_two_hundred_different_ones() {
        let names: std::collections::BTreeSet<_> = (0..TERMS).map(term_name).collect();
        assert_eq!(names.len(), TERMS);
    }
}
