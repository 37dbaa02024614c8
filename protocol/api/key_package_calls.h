// Putting one's KeyPackages at the server and taking somebody's, each exactly once.
#pragma once

#include <vector>

#include "protocol/api/frame.h"

namespace encuentro::api {

struct KeyPackagesPut {
  static constexpr Call call = Call::key_packages_put;
  bool last_resort = false;
  std::vector<Bytes> packages;  // MLSMessage(KeyPackage)
  void encode(codec::Writer& w) const;
  static Result<KeyPackagesPut> decode(codec::Reader& r);
};
struct KeyPackagesPutReply {
  std::uint32_t held = 0;
  void encode(codec::Writer& w) const { w.u32(held); }
  static Result<KeyPackagesPutReply> decode(codec::Reader& r);
};

// For adding `device` to `channel`; the server checks that the requester may.
struct KeyPackageTake {
  static constexpr Call call = Call::key_package_take;
  DeviceId device;
  ChannelId channel;
  void encode(codec::Writer& w) const;
  static Result<KeyPackageTake> decode(codec::Reader& r);
};
struct KeyPackageTakeReply {
  Bytes package;
  void encode(codec::Writer& w) const { w.opaque(package); }
  static Result<KeyPackageTakeReply> decode(codec::Reader& r);
};

struct KeyPackagesLowPush {
  static constexpr Push push = Push::key_packages_low;
  std::uint32_t held = 0;
  void encode(codec::Writer& w) const { w.u32(held); }
  static Result<KeyPackagesLowPush> decode(codec::Reader& r);
};

}  // namespace encuentro::api
