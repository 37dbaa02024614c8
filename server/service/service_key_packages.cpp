// KeyPackages: put by a device, taken by whoever may add it, each given out once; the last resort stays (R75).
#include <algorithm>

#include "protocol/mls/public/message.h"
#include "server/service/partitions.h"
#include "server/service/service.h"

namespace encuentro::server::service {

namespace {

constexpr std::size_t packages_per_put_max = 100;
constexpr std::uint32_t low_below = 5;
constexpr const char* last_key = "last";

// R-SRV-60: a KeyPackage of this device and suite, signed by it.
Result<mls::KeyPackage> own_package(BytesView bytes, const roster::View& view, const DeviceId& device) {
  TRY(auto message, mls::decoded<mls::MlsMessage>(bytes));
  const auto* package = message.as<mls::KeyPackage>();
  if (package == nullptr) return fail(Code::invalid_key_package, "R-SRV-60");
  const auto& content = package->content();
  if (content.version != mls::ProtocolVersion::mls10 || content.cipher_suite != crypto::encuentro_suite) {
    return fail(Code::invalid_key_package, "R-SRV-60");
  }
  TRY(auto identity, policy::identify(policy::leaf_of(package->leaf()), view));
  if (identity.device != device) return fail(Code::invalid_key_package, "R-SRV-60");
  TRY_OK(mls::check_key_package_signatures(*package));
  return *package;
}

// Too old to be used by whoever takes it now.
bool outlived(BytesView bytes, Timestamp now) {
  auto message = mls::decoded<mls::MlsMessage>(bytes);
  const auto* package = message ? message->as<mls::KeyPackage>() : nullptr;
  return package != nullptr && package->leaf()->lifetime.not_after_s < static_cast<std::uint64_t>(now.ms / 1000);
}

}  // namespace

void Service::key_packages_put(const Call& call, Session& caller, const api::KeyPackagesPut& request) {
  std::size_t most = request.last_resort ? 1 : packages_per_put_max;
  if (request.packages.empty() || request.packages.size() > most) return refuse(call, {Code::too_many, "R75"});
  auto view = rosters_.roster().newest();
  storage::ChangeSet change{key_package_partition(caller.device), {}, {}};
  for (const auto& bytes : request.packages) {
    auto package = own_package(bytes, view, caller.device);
    if (!package) return refuse(call, package.error());
    auto key = request.last_resort ? std::string(last_key) : single_use_prefix + key_text(package->reference().view());
    change.writes.push_back(storage::Put{std::move(key), bytes});
  }
  auto then = [this, call, device = caller.device](Result<storage::CommitResult> result) {
    if (!result) return refuse(call, result.error());
    if (result->outcome != storage::Outcome::stored) return refuse(call, {Code::storage_failed, "R-SRV-01"});
    count_key_packages(device, [this, call](Result<std::uint32_t> held) {
      if (!held) return refuse(call, held.error());
      reply(call, api::KeyPackagesPutReply{*held});
    });
  };
  ports_.store.commit(std::move(change), posted<storage::CommitResult>(ports_, std::move(then)));
}

void Service::count_key_packages(const DeviceId& device, storage::Done<std::uint32_t> done) {
  auto then = [done = std::move(done)](Result<storage::RecordPage> page) mutable {
    if (!page) return done(std::unexpected(page.error()));
    done(static_cast<std::uint32_t>(page->records.size()));
  };
  storage::PageLimit limit{limits::store_page_items_max, std::size_t{4} << 20};
  ports_.store.scan(key_package_partition(device), single_use_prefix, "", limit,
                    posted<storage::RecordPage>(ports_, std::move(then)));
}

// R-SRV-61: for a channel the requester may add to, and a device that is admitted there.
Status Service::may_take(const Session& caller, const api::KeyPackageTake& request) {
  Channel* channel = channels_.find(request.channel);
  auto view = rosters_.roster().newest();
  if (channel == nullptr || !channel->relation(view, caller.device)) return fail(Code::not_admitted, "R-SRV-50");
  auto target = view.device(request.device);
  if (!target || target->standing == roster::Standing::gone) return fail(Code::unknown_device, "R-SRV-61");
  // Whoever may change admission can let somebody in by the very Commit that adds him.
  if (!policy::may_change_admission(channel->policy(), view, caller.device)) {
    TRY_OK(policy::admitted_device(channel->policy(), view, request.device));
  }
  bool own = target->member == caller.person;
  if (!own && !policy::may_add(channel->policy(), view, caller.device)) return fail(Code::not_allowed, "R-SRV-61");
  return {};
}

void Service::key_package_take(const Call& call, Session& caller, const api::KeyPackageTake& request) {
  if (auto may = may_take(caller, request); !may) return refuse(call, may.error());
  double rate = options_.rates.key_packages_per_minute;
  if (!take_rate_[{caller.device, request.device}].take(ports_.now(), rate / 60, rate)) {
    return refuse(call, {Code::too_many, "R75"});
  }
  take_single_use(call, request.device);
}

void Service::take_single_use(const Call& call, const DeviceId& device) {
  Bytes request_id(16);
  ports_.random.fill(request_id);
  auto then = [this, call, device](Result<std::optional<storage::Record>> taken) {
    if (!taken) return refuse(call, taken.error());
    if (!*taken) return take_last_resort(call, device);
    if (outlived((*taken)->value, ports_.now())) return take_single_use(call, device);
    reply(call, api::KeyPackageTakeReply{std::move((*taken)->value)});
    warn_if_low(device);
  };
  ports_.store.take_one(key_package_partition(device), single_use_prefix, std::move(request_id),
                        posted<std::optional<storage::Record>>(ports_, std::move(then)));
}

void Service::take_last_resort(const Call& call, const DeviceId& device) {
  auto then = [this, call, device](Result<std::optional<Bytes>> last) {
    if (!last) return refuse(call, last.error());
    bool none = !*last || outlived(**last, ports_.now());
    if (none) return refuse(call, {Code::not_found, "R-SRV-62"});
    reply(call, api::KeyPackageTakeReply{std::move(**last)});
    warn_if_low(device);
  };
  ports_.store.get(key_package_partition(device), last_key, posted<std::optional<Bytes>>(ports_, std::move(then)));
}

void Service::warn_if_low(const DeviceId& device) {
  count_key_packages(device, [this, device](Result<std::uint32_t> held) {
    if (!held || *held >= low_below) return;
    std::vector<Caller> owners;
    for (const auto& [number, one] : sessions_) {
      if (one.stage == Stage::member && one.device == device) owners.push_back(number);
    }
    ports_.out.push(owners, api::push_frame(api::KeyPackagesLowPush{*held}));
  });
}

}  // namespace encuentro::server::service
