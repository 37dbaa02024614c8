# The web client's steps: built over the core in WebAssembly, and looked at in Chromium.

# Node's own --run: Debian's npm runs under Debian's node only, which is too old for the rest.
run_in_web() { (cd web && PATH="$ROOT/tools/node/node_modules/.bin:$PATH" "$NODE" --run "$1"); }

# Types and accessibility by svelte-check, the bundle, then the page's own tests; they read samples of the wasm build.
web_tests() {
  npm_install web
  run_in_web check && count 1 0 && run_in_web build && count 1 0 || return 1
  run_and_count run_in_web test
}
