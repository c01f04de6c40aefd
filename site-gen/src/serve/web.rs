//! The little web server: files of `out`, a list of sites, and the reload script.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Query, Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::{Next, from_fn};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use maud::{DOCTYPE, html};
use serde::Deserialize;
use tokio::sync::watch::Receiver;
use tower_http::services::ServeDir;

const RELOAD_PATH: &str = "/-/reload.js";
/// How long an answer is held back; then the page asks again.
const PATIENCE: Duration = Duration::from_secs(25);
/// Pages are far smaller; anything larger is no page of ours.
const MAX_PAGE_BYTES: usize = 64 * 1024 * 1024;

#[derive(Clone)]
struct Served {
    out: Arc<PathBuf>,
    version: Receiver<u64>,
}

/// All routes.
pub(super) fn router(out: Arc<PathBuf>, version: Receiver<u64>) -> Router {
    let files = ServeDir::new(out.as_ref());
    Router::new()
        .route("/", get(list))
        .route(RELOAD_PATH, get(reload))
        .fallback_service(files)
        .layer(from_fn(add_reload_script))
        .with_state(Served { out, version })
}

/// The sites that lie in the output folder.
async fn list(State(served): State<Served>) -> Html<String> {
    let mut sites: Vec<String> = std::fs::read_dir(served.out.as_ref())
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| !name.starts_with('.'))
        .collect();
    sites.sort();
    Html(
        html! {
            (DOCTYPE)
            html lang="ja" {
                head { meta charset="utf-8"; title { "サイトの一覧" } }
                body {
                    h1 { "サイトの一覧" }
                    ul { @for site in sites { li { a href={ "/" (site) "/" } { (site) } } } }
                }
            }
        }
        .into_string(),
    )
}

#[derive(Deserialize)]
struct Since {
    since: Option<u64>,
}

/// Without `since`: a script that asks again once the page has loaded, so that it never looks busy.
/// With `since`: the answer is held back until the version is past it, or for a while.
async fn reload(State(mut served): State<Served>, Query(query): Query<Since>) -> Response {
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
    ([(header::CONTENT_TYPE, "text/javascript"), (header::CACHE_CONTROL, "no-store")], script)
        .into_response()
}

/// A script that adds the held-back one.
fn ask_again(since: u64) -> String {
    format!(
        "(function () {{\n  var next = document.createElement('script');\n  \
         next.src = '{RELOAD_PATH}?since={since}';\n  document.head.append(next);\n}})();\n"
    )
}

/// Puts the reload script into HTML answers and forbids keeping copies.
async fn add_reload_script(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let is_html = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if !is_html {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, MAX_PAGE_BYTES).await else {
        return Response::from_parts(parts, Body::empty());
    };
    let html = String::from_utf8_lossy(&bytes);
    let script = format!("<script src=\"{RELOAD_PATH}\"></script></body>");
    let html = html.replacen("</body>", &script, 1);
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(html))
}
