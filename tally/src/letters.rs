//! The letters (登録コード通知書): one printable HTML document, a page a person.
//!
//! The only place where a code is ever written. One file, no script, nothing loaded; printed,
//! sealed, handed out, and then destroyed.

use maud::{Markup, html};
use selfcheck::id::PersonId;

use crate::page;

/// One person's letter.
pub(crate) struct Letter {
    pub(crate) bureau: String,
    pub(crate) section: String,
    pub(crate) name: String,
    pub(crate) person: PersonId,
    /// Printed form, seven groups of four.
    pub(crate) code: String,
    /// 1 for the first letter; more when it was issued again.
    pub(crate) epoch: u32,
}

/// What stands on every letter.
pub(crate) struct Sender<'a> {
    /// Name of the office, for example 上尾市.
    pub(crate) office: &'a str,
    /// Whom to tell when the letter is lost.
    pub(crate) contact: &'a str,
    /// Day of issue, `2026-10-01`.
    pub(crate) issued: &'a str,
}

/// The document with all letters, in the given order.
pub(crate) fn document(sender: &Sender<'_>, letters: &[Letter]) -> String {
    let body = html! {
        p.cover-note {
            "登録コード通知書 " (letters.len()) " 通。1 人 1 ページで印刷し、封をして本人に渡し、"
            "配付が済んだらこのファイルを消してください。コードはこのファイルのほかには残りません。"
        }
        @for letter in letters { (page_of(sender, letter)) }
    };
    page::document("登録コード通知書", STYLE, &body)
}

fn page_of(sender: &Sender<'_>, letter: &Letter) -> Markup {
    html! {
        section.letter translate="no" {
            p.office { (sender.office) }
            h1 { "情報セキュリティ自己点検 登録コード通知書" }
            p.section { (letter.bureau) " " (letter.section) }
            p.name { (letter.name) " 様" }
            dl {
                dt { "職員番号" }
                dd.person { (letter.person) }
                dt { "登録コード" }
                dd { p.code { (letter.code) } }
                dt { "発行日" }
                dd {
                    (sender.issued)
                    @if letter.epoch > 1 { "（" (letter.epoch) " 回目の発行。前のコードは使えません）" }
                }
            }
            h2 { "何に使うか" }
            p {
                "庁内サイトの自己点検を始めるとき、職員番号とこのコードを入力します。"
                "結果ファイルに、あなたのコードによる署名が付きます。"
                "0 と O、1 と I・L は同じに扱われ、大文字・小文字、全角・半角、ハイフンの有無は問いません。"
            }
            h2 { "保管のしかた" }
            ul {
                li { "この紙のまま、鍵のかかる引き出しなどに保管してください。来年度も使います。" }
                li { "人に見せない、渡さない、写真に撮らない、メールに書かない。" }
                li { "上司や担当課が、このコードを尋ねることはありません。" }
            }
            h2 { "これはパスワードではありません" }
            p {
                "このコードでパソコンや業務システムに入ることはできません。自己点検のほかには使えません。"
                "署名が示すのは、このコードを持つ人が回答を出し、その後に回答が変えられていないことです。"
            }
            h2 { "なくしたとき、人に見られたかもしれないとき" }
            p {
                "すぐに " (sender.contact) " に知らせてください。古いコードを止め、新しいコードを渡します。"
                "すでに出した結果はそのまま有効です。知らせたことで責められることはありません。"
            }
        }
    }
}

const STYLE: &str = "\
:root{color-scheme:light}\
body{margin:0;background:#fff;color:#1a1a1c;font-family:'BIZ UDPGothic','BIZ UDGothic','Noto Sans JP','Hiragino Sans','Yu Gothic',Meiryo,sans-serif;line-height:1.7}\
.cover-note{margin:1rem auto;max-width:40rem;padding:.75rem 1rem;border:2px solid #b00;border-radius:.5rem}\
.letter{box-sizing:border-box;max-width:40rem;margin:0 auto 3rem;padding:1.5rem 0}\
.office{margin:0;text-align:right}\
h1{font-size:1.375rem;margin:.5rem 0 1.5rem;border-bottom:2px solid #1a1a1c}\
h2{font-size:1rem;margin:1.25rem 0 .25rem}\
p,ul{margin:0}\
.section{margin:0}.name{font-size:1.25rem;margin:0 0 1rem}\
dl{display:grid;grid-template-columns:7rem 1fr;gap:.5rem 1rem;margin:0;padding:1rem;border:1px solid #626264;border-radius:.5rem}\
dt{font-weight:bold}dd{margin:0}\
.person,.code{font-family:Consolas,'Noto Sans Mono','DejaVu Sans Mono',monospace;font-size:1.125rem;white-space:nowrap}\
.code{font-weight:bold;letter-spacing:.05em}\
@page{size:A4;margin:20mm}\
@media print{.cover-note{display:none}.letter{margin:0;padding:0;max-width:none;break-after:page;break-inside:avoid}}";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_a_person_and_nothing_that_runs() {
        let letter = |name: &str| Letter {
            bureau: "総務部".to_owned(),
            section: "IT推進課".to_owned(),
            name: name.to_owned(),
            person: "000123".parse().unwrap(),
            code: "000G-40R4-0M30-E209-185G-R38E-RHMK".to_owned(),
            epoch: 1,
        };
        let sender = Sender { office: "上尾市", contact: "職員課", issued: "2026-10-01" };
        let html = document(&sender, &[letter("<script>"), letter("上尾 花子")]);
        assert_eq!(html.matches("<section class=\"letter\"").count(), 2);
        assert!(html.contains("<p class=\"code\">000G-40R4-0M30-E209-185G-R38E-RHMK</p>"));
        assert!(html.contains("&lt;script&gt; 様"));
        assert!(!html.contains("<script"));
        assert!(html.contains("default-src 'none'; style-src 'sha256-"));
    }
}
