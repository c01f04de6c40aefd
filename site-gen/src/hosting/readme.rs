//! The guide that lies beside the settings, in Japanese.

use std::fmt::Write as _;

use super::{HEADERS, Place};

pub(super) fn render(places: &[Place<'_>]) -> String {
    let mut text = String::from(
        "# ウェブサーバの設定\n\n\
         このフォルダは、サイトを作るたびに書き直されます。サーバで直したものは、別の場所に保存してください。\n\
         サイトはただのファイルの集まりで、サーバで動くプログラムはありません。共有フォルダに置いて、\n\
         `index.html` を直接開くこともできます。その場合、このフォルダのものは要りません。\n\n\
         | サイト | フォルダ | アドレス |\n|---|---|---|\n",
    );
    for place in places {
        let site = place.site;
        let address = site.base_url.as_deref().unwrap_or("（`site.toml` の `base_url` が未定）");
        let _ = writeln!(text, "| {}（{}） | `{}/` | {address} |", site.title, site.label, site.id);
    }
    text.push_str(
        "\n**公開範囲ごとに置く場所を分けます。** `public/` のほかは、庁外から見える場所に置かないでください。\n\
         このフォルダも、公開するサイトの中には置きません。\n\
         委員会とCSIRTのサイトは、許した端末からしか開けない設定にしてあります。端末のアドレスを加えてください\n\
         （IIS では、役割サービス「IP およびドメインの制限」が要ります）。\n\n\
         ## 置き方\n\n\
         | サーバ | ファイル | 置く場所 |\n|---|---|---|\n\
         | nginx | `nginx.conf` | `/etc/nginx/conf.d/tenken.conf` |\n\
         | Apache httpd 2.4 | `apache.conf` | `/etc/httpd/conf.d/tenken.conf` など |\n\
         | IIS | `web.config` | サイトのフォルダの一つ上のフォルダ |\n\n\
         1. サイトのフォルダを、まるごとサーバに写します（nginx と Apache の例では `/srv/tenken/` の下）。\n\
         2. 設定ファイルを置き、中の置き場所とホスト名を確かめます。\n\
         3. 設定を読み直します（`nginx -t && systemctl reload nginx`、`apachectl configtest` など）。\n\
         4. 下の「確かめ方」で確かめます。\n\n\
         新しい版に替えるときは、先に別の名で写し、最後に名を入れ替えると、読む人に途中の姿が見えません。\n\n\
         ### IIS\n\n\
         1. 例えば `C:\\tenken` を作り、`web.config` をそこに置き、サイトをその下（`C:\\tenken\\intranet` など）に写します。\n\
         2. IIS マネージャーで、サイトの物理パスを `C:\\tenken` にします。アドレスは `http://サーバ名/intranet/` になります。\n\
         3. サイトを写し直しても、`web.config` は一つ上にあるので消えません。\n\
         4. `.wasm` の種類は `web.config` にあります。これが無いと、自己点検は遅い予備の方法で始まります。\n\n\
         ## https\n\n\
         自己点検は http でも動きます（答えは送られず、結果ファイルは署名されます）。ただし http では、\n\
         途中でページを書き換えられても利用者には分かりません。庁内でも https を勧めます。\n\n\
         1. 証明書を用意します。庁内のサーバなら庁内の認証局、公開サーバなら一般の認証局のものです。\n   \
            鍵は `openssl req -new -newkey rsa:3072 -nodes -keyout key.pem -out server.csr` で作れます。\n   \
            鍵のファイルはサーバの管理者だけが読めるようにします。\n\
         2. nginx は `nginx.conf` の四行の `#` を外します。Apache は `<VirtualHost *:443>` に `SSLEngine on`、\n   \
            `SSLCertificateFile`、`SSLCertificateKeyFile` を書き、その中で `apache.conf` を `Include` します。\n   \
            IIS は「バインド」で https を加え、証明書を選びます。\n\
         3. `site.toml` の `base_url` を `https://` に直し、サイトを作り直します。\n\
         4. 全部の端末で開けることを確かめてから、http を https に転送します。\n   \
            nginx なら `return 301 https://$host$request_uri;`、Apache なら `Redirect permanent / https://ホスト名/` です。\n\
         5. 一か月ほど問題がなければ、`Strict-Transport-Security: max-age=31536000` を加えます。\n   \
            加えた後は、期間が過ぎるまで http に戻せません。証明書の更新日を必ず記録してください。\n\n\
         ## 付けている応答ヘッダー\n\n| 名前 | 値 | 理由 |\n|---|---|---|\n",
    );
    for (name, value, why) in HEADERS {
        let _ = writeln!(text, "| `{name}` | `{value}` | {why} |");
    }
    text.push_str(
        "\nこのほかの制限（スクリプトや画像をどこから読んでよいか）は、各ページの中に書かれています。\n\
         `assets/` のファイルは名前に指紋が付き、中身が変わると名前も変わるので、一年間保存させます。\n\
         ページは保存させますが、開くたびに変わっていないかを確かめさせます。\n\n\
         ## 確かめ方\n\n    curl -I http://ホスト名/フォルダ/home.html\n\n\
         - 付けた応答ヘッダーが全部出る。\n\
         - `assets/` の `.wasm` の `Content-Type` が `application/wasm` である。\n\
         - 無いアドレスを開くと「ページが見つかりません」が出る（`base_url` を書いたサイト）。\n\
         - 自己点検のページを開き、「番号なしで試す」で一問答えられる。\n",
    );
    text
}
