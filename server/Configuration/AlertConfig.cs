using System.Collections.Frozen;
using System.Globalization;
using System.Net.Mail;
using ColdChain.Core.Alerting;
using ColdChain.Core.Readings;
using ColdChain.Hosting.Configuration;
using ColdChain.Server.Alerts;
using ColdChain.Server.Store;

namespace ColdChain.Server.Configuration;

/// <summary>Reads whom alerts reach. Secrets come from files of their own; neither errors nor logs show one.</summary>
internal static class AlertConfig
{
    private const int SmtpPort = 25;
    private const int MinutesMax = 480;
    private const int StepsMax = 20;

    private static readonly FrozenDictionary<string, Severity> Severities = Enum.GetValues<Severity>().ToFrozenDictionary(AlertWords.Of);

    public static AlertOptions Read(ConfigSection alerts)
    {
        var options = Ways(alerts) with
        {
            Address = alerts.Has("address") ? OutboundConfig.Address(alerts, "address") : null,
            AcknowledgedFor = TimeSpan.FromMinutes(alerts.Number("acknowledgedMinutes", 60, min: 1, MinutesMax)),
            Canary = Canary(alerts.OptionalSection("canary")),
            Ladders = alerts.Has("ladders") ? [.. alerts.Sections("ladders").Select(LadderOf)] : [],
        };
        alerts.RejectUnknownKeys();
        return options;
    }

    /// <summary>The ways that lead out of the site alone.</summary>
    public static AlertOptions Ways(ConfigSection section) => new()
    {
        Smtp = Smtp(section.OptionalSection("smtp")),
        Sms = Gateway(section.OptionalSection("sms")),
        Voice = Gateway(section.OptionalSection("voice")),
        Webhook = Webhook(section.OptionalSection("webhook")),
    };

    private static CanaryOptions? Canary(ConfigSection? canary)
    {
        if (canary is null)
        {
            return null;
        }

        var site = canary.Text("site", "write 'site:' and the site of the canary in the fleet file");
        var name = canary.Text("unit", "write 'unit:' and its storage unit in the fleet file");
        var every = TimeSpan.FromMinutes(canary.Number("everyMinutes", 60, min: 0.1, 24 * 60));
        if (!StorageUnitId.TryParse(name, out var unit) && name.Length > 0)
        {
            canary.Error("unit", $"'{name}' is no id of a storage unit", "write it as in the fleet file");
        }

        canary.RejectUnknownKeys();
        return new CanaryOptions(site, unit, every);
    }

    private static SmtpOptions? Smtp(ConfigSection? smtp)
    {
        if (smtp is null)
        {
            return null;
        }

        var options = new SmtpOptions(
            smtp.Text("host", "write 'host:' and the name of the mail server"),
            smtp.Whole("port", SmtpPort, min: 1, ushort.MaxValue),
            smtp.Text("from", "write 'from:' and the address that the mails are from"),
            smtp.Flag("tls", fallback: true),
            smtp.OptionalText("user"),
            smtp.OptionalSecret("passwordFile"));
        if (options.From.Length > 0 && !MailAddress.TryCreate(options.From, out _))
        {
            smtp.Error("from", "'from' is no address of a mailbox", "write for example coldchain@hospital.example");
        }

        smtp.RejectUnknownKeys();
        return options;
    }

    private static GatewayOptions? Gateway(ConfigSection? gateway)
    {
        if (gateway is null)
        {
            return null;
        }

        var options = new GatewayOptions(OutboundConfig.Address(gateway, "address"), gateway.OptionalText("body") ?? GatewayOptions.UsualBody, gateway.OptionalSecret("authorizationFile"));
        if (!options.Body.Contains("{to}", StringComparison.Ordinal) || !options.Body.Contains("{text}", StringComparison.Ordinal))
        {
            gateway.Error("body", "'body' does not say where number and text go", $"write them as in {GatewayOptions.UsualBody}");
        }

        gateway.RejectUnknownKeys();
        return options;
    }

    private static WebhookOptions? Webhook(ConfigSection? webhook)
    {
        if (webhook is null)
        {
            return null;
        }

        var (address, key) = OutboundConfig.Signed(webhook);
        webhook.RejectUnknownKeys();
        return new WebhookOptions(address, key);
    }

    private static OwnLadder LadderOf(ConfigSection ladder)
    {
        var steps = ladder.Sections("steps").Select(StepOf).ToList();
        if (steps.Count > StepsMax || !steps.Select(step => step.After).SequenceEqual(steps.Select(step => step.After).Order()))
        {
            ladder.Error("steps", $"they are more than {StepsMax}, or not in the order of 'afterMinutes'", "write them by time");
        }

        var (from, to) = Hours(ladder);
        var own = new OwnLadder(
            ladder.OptionalText("site"),
            ladder.OneOf("severity", Severities, Severity.Critical),
            from,
            to,
            new Ladder(steps.Count > 0 ? steps : Ladder.Critical.Steps, TimeSpan.FromMinutes(ladder.Number("repeatMinutes", 15, min: 0.01, 24 * 60))));
        ladder.RejectUnknownKeys();
        return own;
    }

    private static LadderStep StepOf(ConfigSection step)
    {
        var read = new LadderStep(
            TimeSpan.FromMinutes(step.Number("afterMinutes", 0, min: 0, 24 * 60)), step.Has("who") ? Words<Duty>(step, "who") : [], Words<AlertChannel>(step, "by"));
        step.RejectUnknownKeys();
        return read;
    }

    private static List<T> Words<T>(ConfigSection step, string key)
        where T : struct, Enum
    {
        var words = step.OptionalTexts(key) ?? [];
        if (words.Count == 0 || !words.All(word => AlertWords.TryParse<T>(word, out _)))
        {
            step.Error(key, $"'{key}' is not a list of what is known here", $"write '{key}: [first, second]' with some of {string.Join(", ", Enum.GetNames<T>().Select(name => name.ToLowerInvariant()))}");
        }

        return [.. words.Select(word => AlertWords.TryParse<T>(word, out var value) ? value : default)];
    }

    private static (TimeOnly? From, TimeOnly? To) Hours(ConfigSection ladder)
    {
        if (ladder.OptionalText("hours") is not { } text)
        {
            return (null, null);
        }

        if (text.Split('-') is [var first, var last] && Time(first) is { } from && Time(last) is { } to && from != to)
        {
            return (from, to);
        }

        ladder.Error("hours", "'hours' is no part of a day", "write for example 20:00-07:00, by the clock of the site");
        return (null, null);
    }

    private static TimeOnly? Time(string text) => TimeOnly.TryParseExact(text.Trim(), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}
