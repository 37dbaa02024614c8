# ./dev screenshots: pictures of the web client, by web/screenshots.mjs.
[ -f web/screenshots.mjs ] || fail 'there is no web client in this tree yet (web/screenshots.mjs is missing)'
install_groups build wasm web
npm_install web
PATH="$ROOT/tools/node/node_modules/.bin:$PATH"
export PATH
exec "$NODE" web/screenshots.mjs "$@"
