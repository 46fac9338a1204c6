using ColdChain.Core.Alerting;
using ColdChain.Core.Readings;
using ColdChain.Server.Outbound;

namespace ColdChain.Server.Alerts;

/// <summary>A ladder of an operator's own.</summary>
/// <param name="Site">The site; null for all.</param>
/// <param name="Severity">For what.</param>
/// <param name="From">From when on in the day, by the site's clock; null for the whole day.</param>
/// <param name="To">Until when, not included; before <paramref name="From"/> for a night.</param>
/// <param name="Ladder">The ladder.</param>
internal sealed record OwnLadder(string? Site, Severity Severity, TimeOnly? From, TimeOnly? To, Ladder Ladder)
{
    public bool Covers(string site, Severity severity, TimeOnly at) =>
        severity == Severity && (Site is null || Site == site) && (From is not { } from || To is not { } to || (from <= to ? from <= at && at < to : at >= from || at < to));
}

/// <summary>Whom alerts reach, by which way, and when.</summary>
internal sealed record AlertOptions
{
    /// <summary>Where people reach the pages; null when no message can lead there.</summary>
    public Uri? Address { get; init; }

    /// <summary>How long "I have it" stops the ladder.</summary>
    public TimeSpan AcknowledgedFor { get; init; } = TimeSpan.FromMinutes(60);

    public SmtpOptions? Smtp { get; init; }

    public GatewayOptions? Sms { get; init; }

    public GatewayOptions? Voice { get; init; }

    public WebhookOptions? Webhook { get; init; }

    /// <summary>The storage unit whose alarm must come through again and again; null for none.</summary>
    public CanaryOptions? Canary { get; init; }

    /// <summary>The operator's own ladders; the first one that covers counts.</summary>
    public IReadOnlyList<OwnLadder> Ladders { get; init; } = [];

    /// <summary>False when nobody is reached who does not look at a page.</summary>
    public bool ReachesPeople => Smtp is not null || Sms is not null || Voice is not null;

    /// <summary>The ladder of a round: by the site's clock at its beginning, so that it is the same to its end.</summary>
    public Ladder LadderOf(string site, TimeZoneInfo zone, IncidentState state)
    {
        var at = TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(state.RoundFrom.ToDateTimeOffset(), zone).DateTime);
        return Ladders.FirstOrDefault(own => own.Covers(site, state.Severity, at))?.Ladder ?? Ladder.Of(state.Severity);
    }

    /// <summary>Whether a channel is set up. A site's devices always are there.</summary>
    public bool Has(AlertChannel channel) => channel switch
    {
        AlertChannel.Email => Smtp is not null,
        AlertChannel.Sms => Sms is not null,
        AlertChannel.Voice => Voice is not null,
        AlertChannel.Webhook => Webhook is not null,
        _ => true,
    };

    /// <summary>Every contradiction, each with its cure; empty when there is none.</summary>
    public IReadOnlyList<string> Errors() => [.. AllErrors()];

    private IEnumerable<string> AllErrors()
    {
        if (ReachesPeople && Address is null)
        {
            yield return "alerts.address: a message could not say where to acknowledge. Give the address under which people reach the pages, such as https://coldchain.example.";
        }

        if (Ladders.Any(ladder => !IsOfCanary(ladder) && ladder.Ladder.Steps.Any(step => step.Who.Count == 0)))
        {
            yield return "alerts.ladders: a step says nothing of whom it is for. Write 'who: [first]' with some of first, second, supervisor, everyone; only the canary's alarm can do without.";
        }

        // The first that fits counts: one for all sites before it would be the canary's as well.
        if (Canary is { } canary && Ladders.FirstOrDefault(ladder => ladder.Severity == Severity.Warning && (ladder.Site ?? canary.Site) == canary.Site) is var own && (own is null || !IsOfCanary(own) || !LeadsOut(own.Ladder.Steps[0])))
        {
            yield return $"alerts.canary: its alarm would be told as all others are, each time. Write a ladder before the others in alerts.ladders for 'site: {canary.Site}', 'severity: warning' and all hours whose first step goes to a mailbox, a telephone or a webhook that is there for that.";
        }
    }

    private bool IsOfCanary(OwnLadder ladder) => Canary is { } canary && ladder is { Severity: Severity.Warning, From: null } && ladder.Site == canary.Site;

    private bool LeadsOut(LadderStep first) => first.By.Any(channel => channel != AlertChannel.Annunciator && Has(channel));

    /// <summary>What speaks against the addresses that alerts are sent to, so that it is found at the start and not at the first alarm; empty when nothing does.</summary>
    /// <param name="outbound">Where messages may be sent to.</param>
    public IReadOnlyList<string> Refusals(OutboundOptions outbound)
    {
        (string Name, Uri? Address)[] all = [("sms", Sms?.Address), ("voice", Voice?.Address), ("webhook", Webhook?.Address)];
        return [.. from way in all where way.Address is not null let refusal = outbound.Refusal(way.Address) where refusal is not null select $"{way.Name}.address: {refusal}"];
    }
}

/// <summary>A storage unit without blood whose device is out of range once in a while.</summary>
/// <param name="Site">Its site, at which nothing else is.</param>
/// <param name="Unit">The storage unit.</param>
/// <param name="Every">How often its device goes out of range.</param>
internal sealed record CanaryOptions(string Site, StorageUnitId Unit, TimeSpan Every);

/// <summary>A mail server.</summary>
/// <param name="Host">Its name.</param>
/// <param name="Port">Its port.</param>
/// <param name="From">From whom mails are.</param>
/// <param name="Tls">Whether STARTTLS is asked for; without it, secrets and alerts go in clear text.</param>
/// <param name="User">The user; null for none.</param>
/// <param name="Password">The password; null for none.</param>
internal sealed record SmtpOptions(string Host, int Port, string From, bool Tls, string? User, string? Password)
{
    // A record writes all of its members: a secret is none of them.
    public override string ToString() => $"{Host}:{Port}";
}

/// <summary>A gateway that sends short messages or makes calls, asked by HTTP.</summary>
/// <param name="Address">Where it is asked.</param>
/// <param name="Body">What it is sent: JSON with <c>{to}</c>, <c>{text}</c> and <c>{reference}</c> inside texts.</param>
/// <param name="Authorization">The header of that name; null for none.</param>
internal sealed record GatewayOptions(Uri Address, string Body, string? Authorization)
{
    /// <summary>What is sent unless something else is configured.</summary>
    public const string UsualBody = """{"to":"{to}","text":"{text}","reference":"{reference}"}""";

    public override string ToString() => Address.ToString();
}

/// <summary>Another program that is told.</summary>
/// <param name="Address">Where.</param>
/// <param name="Key">The key of the signature.</param>
internal sealed record WebhookOptions(Uri Address, byte[] Key)
{
    public override string ToString() => Address.ToString();
}
