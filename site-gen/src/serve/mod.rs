//! Serving the sites while somebody writes: build, serve, watch, rebuild, reload.
//!
//! Pages run under their own strict policy, so the reload script is an ordinary classic script of
//! the same origin: its answer is held back until something changed. Only this server adds it;
//! the files on disk stay as they will be published.

mod watch;
mod web;

use std::sync::Arc;

use anyhow::Context as _;
use tokio::sync::watch as channel;

use crate::build::Paths;

/// Serves on 127.0.0.1 until the process is stopped.
///
/// # Errors
/// When the port is taken or the content cannot be read at all.
pub fn run(paths: &Paths, port: u16) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .context("サーバを始められません")?;
    runtime.block_on(serve(paths, port))
}

async fn serve(paths: &Paths, port: u16) -> anyhow::Result<()> {
    let sites = watch::rebuild(paths)?;
    let (sender, receiver) = channel::channel(0_u64);
    let _watcher = watch::start(paths.clone(), sender)?;
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await.with_context(|| {
        format!("ポート {port} を使えません。`--port` でほかの番号を指定してください")
    })?;
    println!("http://127.0.0.1:{port}/");
    for site in sites {
        println!("http://127.0.0.1:{port}/{site}/");
    }
    eprintln!("content と public を見張っています。止めるには Ctrl+C を押します。");
    let router = web::router(Arc::new(paths.out.clone()), receiver);
    axum::serve(listener, router).await.context("サーバが止まりました")
}
