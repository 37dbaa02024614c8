# The web client's steps: built over the core in WebAssembly, and looked at in Chromium.

# Node's own --run: Debian's npm runs under Debian's node only, which is too old for the rest.
run_in_web() { (cd web && PATH="$ROOT/tools/node/node_modules/.bin:$PATH" "$NODE" --run "$1"); }

# Types and accessibility by svelte-check, the bundle, then the page's own tests; they read samples of the wasm build.
web_tests() {
  npm_install web
  run_in_web check && count 1 0 && run_in_web build && count 1 0 || return 1
  run_and_count run_in_web test
}

web_build() {
  configure_and_build wasm build-wasm encuentro_core_parts wire_samples && npm_install web && run_in_web build
}

# axe over every screen. Each language, scheme and size comes over the run, all of their combinations in Spanish alone.
web_screens() { run_and_count run_in_web screens; }

# The page in Chromium against the real server, with the command on the other side.
web_real() {
  export ENCUENTRO_BIN="$ROOT/build/bin"
  for run in real real:command real:keyboard real:four real:seats real:slow real:tabs real:offices real:computer; do
    run_and_count run_in_web "$run" || return 1
  done
}
