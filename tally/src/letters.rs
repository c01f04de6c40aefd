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
    /// Day of issue, `令和8年10月1日`.
    pub(crate) issued: &'a str,
}

/// The document with all letters, in the given order.
pub(crate) fn document(sender: &Sender<'_>, letters: &[Letter]) -> String {
    let body = html! {
        aside.cover-note {
            p { strong { "登録コード通知書 " (letters.len()) " 通" } }
            ol {
                li { "このまま A4 の片面で印刷します（1 人 1 ページ。この説明は印刷されません）。" }
                li { "1 通ずつ封をして、本人に渡します。" }
                li { "配り終えたら、このファイルを消します（ごみ箱からも）。コードはこのファイルのほかには残りません。" }
            }
        }
        @for letter in letters { (page_of(sender, letter)) }
    };
    page::document("登録コード通知書", STYLE, &body)
}

fn page_of(sender: &Sender<'_>, letter: &Letter) -> Markup {
    html! {
        section.letter translate="no" {
            div.head {
                p.sealed { "親展" }
                p.sender { (sender.issued) br; (sender.office) }
            }
            p.addressee { (letter.bureau) " " (letter.section) br; span.name { (letter.name) " 様" } }
            h1 { "情報セキュリティ自己点検 登録コード通知書" }
            p { "自己点検に使う、あなただけの登録コードをお知らせします。" }
            dl {
                div { dt { "職員番号" } dd.person { (letter.person) } }
                div { dt { "登録コード" } dd { p.code { (letter.code) } } }
            }
            @if letter.epoch > 1 {
                p.again {
                    "これは " (letter.epoch) " 回目の発行です。前にお渡しした通知書のコードは使えません。"
                    "前の通知書は破棄してください。"
                }
            }
            h2 { "何に使うか" }
            ol {
                li { "庁内サイトの「自己点検」を開き、職員番号と登録コードを入力します。" }
                li { "設問に答えると、あなたのコードで署名した結果ファイルができます。" }
                li { "結果ファイルを保存し、案内された場所に出します。" }
            }
            p.note {
                "0（ゼロ）とO（オー）、1（イチ）とI（アイ）・L（エル）は、どちらで入力しても同じです。"
                "大文字と小文字、全角と半角、ハイフンの有無も問いません。"
            }
            h2 { "保管のしかた" }
            ul {
                li { "この紙のまま、鍵のかかる引き出しなどに保管してください。来年度も同じコードを使います。" }
                li { "人に見せたり渡したりせず、写真に撮ったりメールに書いたりしないでください。" }
                li { "上司や担当の課が、あなたのコードを尋ねることはありません。" }
            }
            h2 { "これはパスワードではありません" }
            p {
                "このコードでパソコンや業務システムに入ることはできず、自己点検のほかには使えません。"
                "署名が示すのは、このコードを持つ人が回答を出し、その後に回答が変えられていないことだけです。"
            }
            h2 { "なくしたとき、人に見られたかもしれないとき" }
            p {
                "すぐに、" (sender.contact) "に知らせてください。古いコードを止め、新しいコードを渡します。"
                "すでに出した結果はそのまま有効です。知らせたことで責められることはありません。"
            }
        }
    }
}

const STYLE: &str = "\
:root{color-scheme:light}\
body{margin:0;padding:1rem;color:#1a1a1c;background:#fff;font-family:'Noto Sans JP','Noto Sans CJK JP','Yu Gothic','Meiryo',sans-serif;line-height:1.7}\
.cover-note{margin:1rem auto 3rem;max-width:40rem;padding:.75rem 1rem;border:2px solid #b00;border-radius:.5rem}\
.letter{box-sizing:border-box;max-width:40rem;margin:0 auto 4rem}\
p,ul,ol{margin:0}ul,ol{padding-left:1.5rem}\
.head{display:flex;justify-content:space-between;align-items:start}\
.sealed{padding:0 .75rem;border:2px solid #1a1a1c;font-weight:bold;letter-spacing:.25em;text-indent:.25em}\
.sender{text-align:right}\
.addressee{margin:1.25rem 0}.name{font-size:1.25rem}\
h1{font-size:1.375rem;text-align:center;margin:0 0 1rem}\
h2{font-size:1rem;margin:1rem 0 .125rem;padding-left:.5rem;border-left:.375rem solid #626264}\
dl{margin:.75rem 0;padding:.75rem 1rem;border:2px solid #1a1a1c;border-radius:.5rem}\
dl div+div{margin-top:.5rem}dt{font-size:.875rem;font-weight:bold}dd{margin:0}\
.person,.code{font-family:Consolas,'Noto Sans Mono','DejaVu Sans Mono',monospace;font-size:1.625rem;line-height:1.4;white-space:nowrap}\
.code{font-weight:bold}\
.again{font-weight:bold}.note{margin-top:.25rem;font-size:.875rem}\
@page{size:A4;margin:18mm 20mm}\
@media print{html{font-size:10.5pt}body{padding:0;line-height:1.6}.cover-note{display:none}.letter{margin:0;max-width:none;break-after:page;break-inside:avoid}.letter:last-child{break-after:auto}}";

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
        let sender =
            Sender { office: "上尾市", contact: "職員課", issued: "令和8年10月1日" };
        let html = document(&sender, &[letter("<script>"), letter("上尾 花子")]);
        assert_eq!(html.matches("<section class=\"letter\"").count(), 2);
        assert!(html.contains("<p class=\"code\">000G-40R4-0M30-E209-185G-R38E-RHMK</p>"));
        assert!(html.contains("&lt;script&gt; 様"));
        assert!(!html.contains("<script"));
        assert!(html.contains("default-src 'none'; style-src 'sha256-"));
    }
}
