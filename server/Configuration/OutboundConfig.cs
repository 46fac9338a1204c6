using ColdChain.Hosting.Configuration;
using ColdChain.Server.HoldNotices;
using ColdChain.Server.Outbound;

namespace ColdChain.Server.Configuration;

/// <summary>Reads where messages go, and what they are signed with.</summary>
internal static class OutboundConfig
{
    private const int EverySecondsUsual = 60;
    private const int EverySecondsMin = 10;
    private const int EverySecondsMax = 3600;

    /// <summary>Where messages may go.</summary>
    public static OutboundOptions Read(ConfigSection outbound)
    {
        var onPremises = outbound.OptionalTexts("onPremises") ?? [];
        outbound.RejectUnknownKeys();
        return new OutboundOptions(onPremises);
    }

    /// <summary>Where signs of life go; null when there is no section.</summary>
    public static BeaconOptions? Beacon(ConfigSection? beacon)
    {
        if (beacon is null)
        {
            return null;
        }

        var options = new BeaconOptions(Address(beacon, "address"), Key(beacon, "keyFile"), TimeSpan.FromSeconds(beacon.Whole("everySeconds", EverySecondsUsual, EverySecondsMin, EverySecondsMax)));
        beacon.RejectUnknownKeys();
        return options;
    }

    /// <summary>Where notices of holds go; null when there is no section.</summary>
    public static HoldWebhookOptions? HoldWebhook(ConfigSection? webhook)
    {
        if (webhook is null)
        {
            return null;
        }

        var (address, key) = Signed(webhook);
        webhook.RejectUnknownKeys();
        return new HoldWebhookOptions(address, key);
    }

    /// <summary>An address with the key that everything sent there is signed with.</summary>
    public static (Uri Address, byte[] Key) Signed(ConfigSection section)
    {
        var (address, key) = (Address(section, "address"), Key(section, "keyFile"));
        if (!section.Has("keyFile"))
        {
            section.Error("keyFile", "'keyFile' is missing: what nobody signed could be anybody's", "write 'keyFile:' and the file of the key that the receiver has as well");
        }

        return (address, key ?? []); // Without a key, there is an error.
    }

    /// <summary>An address of the web. Whether messages may go there, the options say in the end.</summary>
    public static Uri Address(ConfigSection section, string key)
    {
        var text = section.Text(key, $"write '{key}:' and where messages go, such as https://host/path");
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "https" or "http")
        {
            return address;
        }

        if (text.Length > 0)
        {
            section.Error(key, $"'{key}' is no address of the web", "write it as https://host/path");
        }

        return new Uri("https://nowhere.invalid/"); // Harmless: there is an error.
    }

    /// <summary>The key that messages are signed with, from its file; null when there is none.</summary>
    private static byte[]? Key(ConfigSection section, string key)
    {
        if (section.OptionalSecret(key) is not { } text)
        {
            return null;
        }

        if (WebhookSignature.ParseKey(text) is { } parsed)
        {
            return parsed;
        }

        section.Error(key, "the file holds no key", $"write whsec_ and at least {WebhookSignature.KeyBytesMin} bytes in base 64 into it: echo whsec_$(openssl rand -base64 32)");
        return null;
    }
}
