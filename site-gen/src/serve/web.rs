//! The little web server: files from memory, a list of sites, the reload script.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{Query, State as Shared};
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use maud::{DOCTYPE, Markup, html};
use percent_encoding::percent_decode_str;
use serde::Deserialize;
use tokio::sync::watch::Receiver;

use super::overlay::STYLE;
use super::state::State;

const RELOAD_PATH: &str = "/-/reload.js";
const STYLE_PATH: &str = "/-/findings.css";
/// How long an answer is held back; then the page asks again.
const PATIENCE: Duration = Duration::from_secs(25);

#[derive(Clone)]
struct Served {
    state: Arc<State>,
    version: Receiver<u64>,
}

/// All routes.
pub(super) fn router(state: Arc<State>, version: Receiver<u64>) -> Router {
    Router::new()
        .route("/", get(list))
        .route(RELOAD_PATH, get(reload))
        .route(STYLE_PATH, get(async || answer("text/css; charset=utf-8", STYLE.into())))
        .fallback(file)
        .with_state(Served { state, version })
}

fn answer(kind: &'static str, body: Vec<u8>) -> Response {
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-store")], body).into_response()
}

/// The sites there are.
async fn list(Shared(served): Shared<Served>) -> Response {
    let sites = served.state.site_names();
    let main = html! {
        h1 { "サイトの一覧" }
        ul { @for site in sites { li { a href={ "/" (site) "/" } { (site) } } } }
    };
    page(&served, "サイトの一覧", &main)
}

/// A page of the server itself.
fn page(served: &Served, title: &str, main: &Markup) -> Response {
    let html = html! {
        (DOCTYPE)
        html lang="ja" {
            head { meta charset="utf-8"; title { (title) } }
            body { main { (main) } }
        }
    };
    with_reload(served, html.into_string())
}

/// A file of a site; work that may take long, so not on the threads of the server.
async fn file(Shared(served): Shared<Served>, uri: Uri) -> Response {
    let Some((site, path)) = uri.path().trim_start_matches('/').split_once('/') else {
        let site = uri.path().trim_start_matches('/');
        return match served.state.site_names().iter().any(|name| name == site) {
            true => Redirect::temporary(&format!("/{site}/")).into_response(),
            false => not_found(&served),
        };
    };
    let path = percent_decode_str(path).decode_utf8_lossy().into_owned();
    let site = site.to_owned();
    let path = if path.is_empty() { "index.html".to_owned() } else { path };
    let kind = kind(&path);
    let sites = served.state.sites();
    let found = tokio::task::spawn_blocking(move || sites?.file(&site, &path)).await;
    match found {
        Ok(Some(bytes)) if kind.starts_with("text/html") => {
            with_reload(&served, String::from_utf8_lossy(&bytes).into_owned())
        }
        Ok(Some(bytes)) => answer(kind, bytes),
        _ => not_found(&served),
    }
}

fn not_found(served: &Served) -> Response {
    let main = html! { h1 { "ページが見つかりません" } p { a href="/" { "サイトの一覧" } } };
    let mut response = page(served, "ページが見つかりません", &main);
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}

fn kind(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "xml" => "application/xml",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "pdf" => "application/pdf",
        "wasm" => "application/wasm",
        "md" | "txt" | "csv" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// Puts the reload script, and the findings if there are any, into a page.
fn with_reload(served: &Served, html: String) -> Response {
    let findings = served.state.findings();
    let mut end = format!("<script src=\"{RELOAD_PATH}\"></script></body>");
    let mut html = html;
    if !findings.is_empty() {
        end.insert_str(0, &findings.render().into_string());
        let style = format!("<link rel=\"stylesheet\" href=\"{STYLE_PATH}\"></head>");
        html = html.replacen("</head>", &style, 1);
    }
    // The last one: a page may speak of `</body>` in its text.
    if let Some(at) = html.rfind("</body>") {
        html.replace_range(at..at + "</body>".len(), &end);
    }
    answer("text/html; charset=utf-8", html.into_bytes())
}

#[derive(Deserialize)]
struct Since {
    since: Option<u64>,
}

/// Without `since`: a script that asks again once the page has loaded, so that it never looks busy.
/// With `since`: the answer is held back until the version is past it, or for a while.
async fn reload(Shared(mut served): Shared<Served>, Query(query): Query<Since>) -> Response {
    let script = match query.since {
        None => {
            let now = *served.version.borrow();
            format!("window.addEventListener('load', function () {{\n{}}});\n", ask_again(now))
        }
        Some(since) => {
            let changed = served.version.wait_for(|now| *now > since);
            match tokio::time::timeout(PATIENCE, changed).await {
                Ok(_) => "location.reload();\n".to_owned(),
                Err(_) => ask_again(since),
            }
        }
    };
    answer("text/javascript; charset=utf-8", script.into_bytes())
}

/// A script that adds the held-back one.
fn ask_again(since: u64) -> String {
    format!(
        "(function () {{\n  var next = document.createElement('script');\n  \
         next.src = '{RELOAD_PATH}?since={since}';\n  document.head.append(next);\n}})();\n"
    )
}
