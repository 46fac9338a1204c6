using System.Net.Mail;
using ColdChain.Hosting.Configuration;
using ColdChain.Server.Alerts;
using ColdChain.Server.Outbound;
using ColdChain.Server.Watch;

namespace ColdChain.Server.Configuration;

/// <summary>What a watcher is configured with.</summary>
/// <param name="Watch">What it watches, and whom it calls.</param>
/// <param name="Ways">By which ways.</param>
/// <param name="Outbound">Where it may send to.</param>
internal sealed record WatcherOptions(WatchOptions Watch, AlertOptions Ways, OutboundOptions Outbound)
{
    /// <summary>Every contradiction, each with its cure; empty when there is none.</summary>
    public IReadOnlyList<string> Errors() =>
    [
        .. Unless(
            Watch.Called.Emails.Count == 0 || Ways.Smtp is not null, "emails: there is no way to send mail. Give 'smtp'."),
        .. Unless(
            Watch.Called.Telephones.Count == 0 || Ways.Sms is not null || Ways.Voice is not null, "telephones: there is no way to reach them. Give 'sms', 'voice' or both."),
        .. Unless(
            Watch.Called.Emails.Count > 0 || Watch.Called.Telephones.Count > 0 || Ways.Webhook is not null, "nobody would be called. Give 'emails', 'telephones' or 'webhook'."),
        .. Ways.Refusals(Outbound),
        .. Watch.Beacon is { } beacon && Outbound.Refusal(beacon.Address) is { } refusal ? [$"beacon.address: {refusal}"] : Array.Empty<string>(),
    ];

    private static string[] Unless(bool fine, string error) => fine ? [] : [error];
}

/// <summary>Reads <c>watch.yaml</c>.</summary>
internal static class WatchConfig
{
    private const int EverySecondsUsual = 60;
    private const int LateSecondsUsual = 180;
    private const int RepeatMinutesUsual = 15;
    private const int SecondsMax = 3600;

    public static WatcherOptions Read(ConfigFile file)
    {
        var root = file.Root;
        var server = Server(root);
        var watch = new WatchOptions
        {
            Server = server,
            Token = root.OptionalSecret("tokenFile") ?? "",
            Every = TimeSpan.FromSeconds(root.Whole("everySeconds", EverySecondsUsual, min: 5, SecondsMax)),
            LateAfter = TimeSpan.FromSeconds(root.Whole("lateAfterSeconds", LateSecondsUsual, min: 0, SecondsMax)),
            RepeatEvery = TimeSpan.FromMinutes(root.Whole("repeatMinutes", RepeatMinutesUsual, min: 1, 24 * 60)),
            StateFile = root.PathOr("stateFile", "watch-state.json"),
            Called = new WatchCalled(Emails(root), root.OptionalTexts("telephones") ?? []),
            Beacon = OutboundConfig.Beacon(root.OptionalSection("beacon")) is { } beacon ? (beacon.Address, beacon.Key) : null,
        };
        if (!root.Has("tokenFile"))
        {
            root.Error("tokenFile", "'tokenFile' is missing", "make a token with the scope 'watch' on the server's page of people, and write 'tokenFile:' and the file that it is in");
        }

        var options = new WatcherOptions(watch, AlertConfig.Ways(root), OutboundConfig.Read(root.SectionOrEmpty("outbound")));
        file.RejectUnknownKeys();
        return options;
    }

    private static Uri Server(ConfigSection root)
    {
        var address = OutboundConfig.Address(root, "server");
        if (address.Scheme != Uri.UriSchemeHttps && !address.IsLoopback && !root.Flag("trustedNetwork", fallback: false))
        {
            root.Error("server", $"the token would go to {address} in clear text", "use https, or write 'trustedNetwork: true' where nobody else can listen");
        }

        return new Uri(address.AbsoluteUri.TrimEnd('/') + "/");
    }

    private static IReadOnlyList<string> Emails(ConfigSection root)
    {
        var emails = root.OptionalTexts("emails") ?? [];
        if (emails.FirstOrDefault(email => !MailAddress.TryCreate(email, out _)) is { } wrong)
        {
            root.Error("emails", $"'{wrong}' is no address of a mailbox", "write for example quality@hospital.example");
        }

        return emails;
    }
}
