using System.Net;

namespace ColdChain.Server.Outbound;

/// <summary>
/// Which addresses a message may be sent to that nobody has answered for. Whoever can change where a message goes, or what a name resolves to, would
/// otherwise have this server ask services that listen to their own machine or network only (OWASP ASVS 5.0, 1.3.6).
/// </summary>
internal static class AddressGuard
{
    // IANA's registries of special-purpose addresses, and those that wrap an address of IPv4 in one of IPv6.
    private static readonly IPNetwork[] Special =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
            "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/9", "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    /// <summary>True for an address of the public internet.</summary>
    /// <param name="address">An address of IPv4 or IPv6; one of IPv4 that is written as one of IPv6 counts as what it is.</param>
    public static bool IsPublic(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return !Array.Exists(Special, network => network.Contains(plain));
    }
}
