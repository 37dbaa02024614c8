// The loopback listener: the page's files over HTTP, and one page at a time over the socket. Everything runs on the
// thread that calls run_some(), but for post(). Boost stays in the .cpp, the only file here that sees Beast.
#pragma once

#include <functional>
#include <memory>

#include "client/cli/ui/answers.h"
#include "protocol/base/time.h"

namespace encuentro::client::cli::ui {

// Who is told what the page does; called from run_some().
class PageListener {
 public:
  virtual ~PageListener() = default;
  // Another page came in with a right token, the one before is out; `way_back` is the new page's next token.
  virtual void page_entered(const std::string& way_back) = 0;
  virtual void page_said(BytesView message) = 0;
  virtual void page_left() = 0;
};

class Listener {
 public:
  // On 127.0.0.1 and nowhere else; port 0 takes a free one. Errors: unreachable, rule "port" (somebody has it).
  static Result<std::unique_ptr<Listener>> open(std::uint16_t port, PageFiles files, Random& random);
  virtual ~Listener() = default;

  virtual std::uint16_t port() const = 0;
  virtual const Gate& gate() const = 0;
  // Must outlive every run_some(). Nobody is let in before.
  virtual void listen(PageListener& page) = 0;
  // To the page that is in; nobody is: it goes nowhere.
  virtual void send(Bytes message) = 0;
  // Has `work` done by run_some(). Any thread.
  virtual void post(std::function<void()> work) = 0;
  // Waits at most `wait` for something to happen, and does what is ready.
  virtual void run_some(Duration wait) = 0;
};

}  // namespace encuentro::client::cli::ui
