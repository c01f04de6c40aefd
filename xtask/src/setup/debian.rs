//! System packages of the browser tests: a browser, Japanese fonts, independent verifiers.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::report::{Fault, step, waiting};
use crate::run::{finished, on_path, quiet};

struct Package {
    name: &'static str,
    is_there: fn() -> bool,
}

const PACKAGES: &[Package] = &[
    Package { name: "chromium", is_there: || on_path("chromium").is_some() },
    Package { name: "fonts-noto-cjk", is_there: has_japanese_font },
    Package { name: "openssl", is_there: || on_path("openssl").is_some() },
    // Its venv makes the place for jwcrypto.
    Package { name: "python3-venv", is_there: has_venv },
    // Runs the Nu Html Checker.
    Package { name: "default-jre-headless", is_there: || on_path("java").is_some() },
];

/// Installs the packages that are missing; needs root for that, and only then.
pub(crate) fn install_packages() -> Result<()> {
    step("chromium, Japanese fonts, openssl, java", || {
        let missing: Vec<&str> =
            PACKAGES.iter().filter(|p| !(p.is_there)()).map(|p| p.name).collect();
        if missing.is_empty() {
            return Ok("found".into());
        }
        let list = missing.join(" ");
        let remedy = format!("apt-get update && apt-get install -y {list}");
        let Some(mut prefix) = root_prefix() else {
            return Err(Fault::new(format!("missing: {list}; installing needs root"))
                .hint(format!("run as root: {remedy}"))
                .into());
        };
        if on_path("apt-get").is_none() {
            return Err(Fault::new(format!("missing: {list}; this is no Debian system"))
                .hint("install them with the package manager of this system")
                .into());
        }
        waiting(&format!("installing Debian packages: {list}"));
        prefix.push("apt-get");
        apt(&prefix, &["update"])
            .and_then(|()| {
                let arguments = [&["install", "-y", "--no-install-recommends"], &missing[..]];
                apt(&prefix, &arguments.concat())
            })
            .with_context(|| {
                Fault::new(format!("cannot install {list}")).hint(format!("run as root: {remedy}"))
            })?;
        match PACKAGES.iter().find(|package| !(package.is_there)()) {
            None => Ok(format!("installed {list}")),
            Some(package) => {
                Err(Fault::new(format!("installed {}, yet it is not found", package.name))
                    .hint("look at `PACKAGES` in `xtask/src/setup/debian.rs`")
                    .into())
            }
        }
    })
}

fn apt(prefix: &[&str], arguments: &[&str]) -> Result<()> {
    let words = [prefix, arguments].concat();
    let mut command = Command::new(words[0]);
    command.args(&words[1..]).env("DEBIAN_FRONTEND", "noninteractive");
    quiet(&mut command).map(drop)
}

/// What to write before `apt-get`: nothing for root, `sudo -n` where it works without asking.
fn root_prefix() -> Option<Vec<&'static str>> {
    let user = quiet(Command::new("id").arg("-u")).unwrap_or_default();
    if user.trim() == "0" {
        return Some(Vec::new());
    }
    let sudo = finished(Command::new("sudo").args(["-n", "true"])).ok()?;
    sudo.status.success().then(|| vec!["sudo", "-n"])
}

/// Debian splits `ensurepip`, which a venv needs, off Python itself.
fn has_venv() -> bool {
    quiet(Command::new("python3").args(["-c", "import venv, ensurepip"])).is_ok()
}

/// Any font that has Japanese letters; without fontconfig, Debian's own file.
fn has_japanese_font() -> bool {
    if on_path("fc-list").is_some() {
        let fonts = quiet(Command::new("fc-list").arg(":lang=ja")).unwrap_or_default();
        return !fonts.trim().is_empty();
    }
    Path::new("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc").is_file()
}
