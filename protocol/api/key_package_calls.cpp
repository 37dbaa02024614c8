#include "protocol/api/key_package_calls.h"

#include "protocol/api/wire.h"

namespace encuentro::api {

void KeyPackagesPut::encode(codec::Writer& w) const {
  w.u8(last_resort ? 1 : 0);
  w.vector(packages, [](codec::Writer& out, const Bytes& package) { out.opaque(package); });
}

Result<KeyPackagesPut> KeyPackagesPut::decode(codec::Reader& r) {
  KeyPackagesPut put;
  TRY(put.last_resort, read_flag(r));
  TRY(put.packages, r.vector<Bytes>(limits::frame_bytes_max, limits::key_packages_per_put_max,
                                    [](codec::Reader& in) { return read_bytes(in, limits::key_package_bytes_max); }));
  return put;
}

Result<KeyPackagesPutReply> KeyPackagesPutReply::decode(codec::Reader& r) {
  TRY(std::uint32_t held, r.u32());
  return KeyPackagesPutReply{held};
}

void KeyPackageTake::encode(codec::Writer& w) const {
  w.id(device);
  w.id(channel);
}

Result<KeyPackageTake> KeyPackageTake::decode(codec::Reader& r) {
  TRY(DeviceId device, r.id<DeviceId>());
  TRY(ChannelId channel, r.id<ChannelId>());
  return KeyPackageTake{device, channel};
}

Result<KeyPackageTakeReply> KeyPackageTakeReply::decode(codec::Reader& r) {
  TRY(Bytes package, read_bytes(r, limits::key_package_bytes_max));
  return KeyPackageTakeReply{std::move(package)};
}

Result<KeyPackagesLowPush> KeyPackagesLowPush::decode(codec::Reader& r) {
  TRY(std::uint32_t held, r.u32());
  return KeyPackagesLowPush{held};
}

}  // namespace encuentro::api
