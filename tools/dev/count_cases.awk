# Reads ctest's LastTest.log and prints "PASSED FAILED" in test cases. A test that names no cases counts as one.

function close_test() {
  if (!open) return
  if (failed_here && cases_failed == 0) cases_failed = 1
  if (!failed_here && cases_passed + cases_failed == 0) cases_passed = 1
  passed += cases_passed
  failed += cases_failed
  open = 0
}

/^[0-9]+\/[0-9]+ Testing: / {
  close_test()
  open = 1
  failed_here = cases_passed = cases_failed = 0
  next
}
# Catch2: "All tests passed (9 assertions in 3 test cases)"
/^All tests passed \(/ {
  for (i = 1; i <= NF; i++) if ($i == "in") cases_passed += $(i + 1)
  next
}
# Catch2: "test cases: 3 | 2 passed | 1 failed"
/^test cases: / {
  for (i = 1; i <= NF; i++) {
    if ($i == "passed") cases_passed += $(i - 1)
    if ($i == "failed") cases_failed += $(i - 1)
  }
  next
}
# Our own runners: "12 passed, 0 failed", which may go on after a comma
/^[0-9]+ passed, [0-9]+ failed(,|$)/ {
  cases_passed += $1
  cases_failed += $3
  next
}
/^Test (Failed|not run|Timeout)/ || /^(Test time out|Unable to find executable)/ { failed_here = 1 }
/^no vectors: / { open = 0 }
/^Test Passed\.$/ { failed_here = 0 }
END {
  close_test()
  print passed + 0, failed + 0
}
