//! Serving the sites while somebody writes: read, check, show, and again when something changed.
//!
//! 1. [`state`]: the sites in memory. A change is read and checked at once; pages are made when
//!    they are asked for, so that an edit shows at once however large the site is. Everything is
//!    then made and scanned in the background, as a build would.
//! 2. [`watch`]: content, static files and the widget, until their editors are done with them.
//! 3. [`web`]: the files, a list of sites, the reload script and the findings over the page.
//!
//! Pages run under their own strict policy, so the reload script is an ordinary classic script of
//! the same origin: its answer is held back until something changed. Nothing is written to disk.

mod overlay;
mod state;
mod watch;
mod web;

use std::sync::Arc;

use anyhow::Context as _;
use tokio::sync::watch as channel;

use crate::build::Paths;
use state::State;

/// Writes text for the person at the terminal.
pub type Tell = fn(&str);

/// Serves on 127.0.0.1 until the process is stopped; `print` gets the addresses, `tell` the rest.
///
/// # Errors
/// When style and scripts are missing, the port is taken or the content cannot be watched at all.
pub fn run(
    paths: &Paths,
    port: u16,
    print: &dyn Fn(&str) -> anyhow::Result<()>,
    tell: Tell,
) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .context("サーバを始められません")?;
    runtime.block_on(serve(paths, port, print, tell))
}

async fn serve(
    paths: &Paths,
    port: u16,
    print: &dyn Fn(&str) -> anyhow::Result<()>,
    tell: Tell,
) -> anyhow::Result<()> {
    // Said at once; a fault that comes later is told while it runs.
    paths.assets()?;
    let (sender, receiver) = channel::channel(0_u64);
    let state = Arc::new(State::new(paths.clone(), sender, tell));
    state.refresh();
    let _watcher = watch::start(paths, Arc::clone(&state))?;
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await.with_context(|| {
        format!("ポート {port} を使えません。`--port` でほかの番号を指定してください")
    })?;
    let address = listener.local_addr().context("アドレスが分かりません")?;
    print(&format!("http://{address}/\n"))?;
    for site in state.site_names() {
        print(&format!("http://{address}/{site}/\n"))?;
    }
    tell("content と public を見張っています。止めるには Ctrl+C を押します。\n");
    axum::serve(listener, web::router(state, receiver)).await.context("サーバが止まりました")
}
