# ./dev sanitize [asan|tsan]: the native tests under address+undefined (clang 19) and under thread (g++ 12).
install_groups build sanitize
export ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1 UBSAN_OPTIONS=print_stacktrace=1
export ASAN_SYMBOLIZER_PATH=/usr/bin/llvm-symbolizer-19
export TSAN_OPTIONS=halt_on_error=1:second_deadlock_stack=1
TEST_SECONDS_MAX=1800
for preset in ${1:-asan tsan}; do
  case $preset in
    asan | tsan) ;;
    *) fail "sanitize: asan or tsan, not '$preset'" ;;
  esac
  step "$preset build" configure_and_build "$preset" "build-$preset"
  step "$preset tests" run_ctest "build-$preset"
done
finish
