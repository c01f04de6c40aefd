/*
 * Starts the self-check: loads the Wasm beside it and calls its start().
 *
 * A classic script in old syntax on purpose: it must run where modules are blocked (file://), and
 * it must be understood by browsers too old for Wasm, so that they can say so. Until start() has
 * run, the page holds the whole check as plain HTML; when anything fails, that stays. It stays as
 * well at the address with `?paper`, to be printed.
 */
(function () {
  "use strict";

  var mount = document.getElementById("self-check");
  if (!mount) {
    return;
  }

  var english = document.documentElement.lang.indexOf("en") === 0;

  if (location.search === "?paper") {
    var notice = mount.querySelector("[data-boot-message]");
    notice.parentNode.removeChild(notice);
    var back = document.querySelector("[data-paper-link] > a");
    back.href = location.pathname;
    back.textContent = english ? "Back to the check on screen" : "画面での点検に戻る";
    return;
  }

  /* Says above the check, in words, why it is on paper or why it has stopped. */
  function tell(japanese, inEnglish) {
    var note = document.createElement("p");
    note.className = "self-check__note self-check__note--warning";
    note.id = "self-check-trouble";
    note.setAttribute("role", "alert");
    note.textContent = english ? inEnglish : japanese;
    mount.insertBefore(note, mount.firstChild);
  }

  function onPaper(reason) {
    if (window.console && reason) {
      console.error("self-check:", reason);
    }
    tell(
      "このブラウザーでは自己点検を画面で行えません。下の設問を印刷し、紙で回答して担当者へ提出してください。",
      "The check cannot run in this browser. Print the questions below, answer on paper and hand the sheet in."
    );
  }

  if (typeof WebAssembly !== "object" || typeof wasm_bindgen !== "function") {
    onPaper("no WebAssembly, or the glue script did not load");
    return;
  }

  /*
   * The button that leads on stands where that of the last screen stood: the second click of a
   * double click would skip a question that nobody has read. Keys have no such second click, and
   * to go back quickly skips nothing.
   */
  mount.addEventListener(
    "click",
    function (event) {
      if (event.detail > 1 && event.target.closest(".self-check__steps > :last-child")) {
        event.stopImmediatePropagation();
      }
    },
    true
  );

  /*
   * Under file:// nothing can be fetched, and some servers send an error page for .wasm or none at
   * all: then the same bytes come as base64 in a classic script.
   */
  function loadEmbedded() {
    return new Promise(function (resolve, reject) {
      var script = document.createElement("script");
      script.src = mount.getAttribute("data-embedded");
      script.onload = function () {
        var text = atob(window.selfCheckWasm);
        var bytes = new Uint8Array(text.length);
        for (var index = 0; index < text.length; index += 1) {
          bytes[index] = text.charCodeAt(index);
        }
        /* 300 KB of text that nobody needs any more. */
        delete window.selfCheckWasm;
        resolve(bytes);
      };
      script.onerror = function () {
        reject(new Error("cannot load " + script.src));
      };
      document.head.appendChild(script);
    });
  }

  function initEmbedded() {
    return loadEmbedded().then(function (bytes) {
      return wasm_bindgen({ module_or_path: bytes });
    });
  }

  var ready =
    location.protocol === "file:"
      ? initEmbedded()
      : wasm_bindgen({ module_or_path: mount.getAttribute("data-wasm") }).catch(initEmbedded);

  ready
    .then(function () {
      wasm_bindgen.start();
      mount.setAttribute("data-started", "");
      /* A trap ends the Wasm for good; the answers given so far are kept. */
      window.addEventListener("error", function (event) {
        if (event.error instanceof WebAssembly.RuntimeError) {
          tell(
            "点検の画面が止まりました。ページを読み込み直してください。番号を入れて始めた人は、続きから再開できます。",
            "The check has stopped. Reload the page; if you began with your number, you can go on where you were."
          );
        }
      });
    })
    .catch(onPaper);
})();
