using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.Supervision;

/// <summary>
/// Who is silent, and what is the cause: the server's own connection, a whole site, or a device. A cause that is declared takes the place of
/// everything that it explains, and explains silence only: never a temperature.
/// <code>
///   heard ──nothing for SilentAfter──→ told by itself ──────────heard──→ heard
///     │                                                                   ↑
///     ├──all of its site fall silent together──→ told with its site ──heard (the first one ends it for the site)
///     │                                               │                   ↑
///     │                              the site returns └──→ not yet ──heard┤
///     │                                                      └──excuse over──→ told by itself
/// </code>
/// Pure: the same devices, silences and present give the same verdict.
/// </summary>
internal sealed class SilenceJudge
{
    /// <summary>How long a device may take to follow when its site is heard again: well above the pauses between its attempts (ADR 9).</summary>
    public static readonly TimeSpan FollowWithin = TimeSpan.FromMinutes(10);

    /// <summary>A site has an outage when at least so many of its devices fall silent together; fewer are told one by one.</summary>
    public const int SiteDevicesMin = 2;

    private readonly Hearing _hearing;
    private readonly Dictionary<(string Scope, string Subject), SilenceRow> _silences;
    private readonly List<SilenceEvent> _events = [];
    private Instant? _deadline;

    private SilenceJudge(Hearing hearing, IReadOnlyList<SilenceRow> known) =>
        (_hearing, _silences) = (hearing, known.ToDictionary(row => (row.Scope, row.Subject)));

    /// <param name="hearing">Whether the server can hear at all.</param>
    /// <param name="devices">The devices that are expected to be heard.</param>
    /// <param name="known">The silences that went on until now.</param>
    public static SilenceVerdict Judge(Hearing hearing, IReadOnlyList<SupervisedDevice> devices, IReadOnlyList<SilenceRow> known)
    {
        var judge = new SilenceJudge(hearing, known);
        if (!judge.IsServerDeaf())
        {
            judge.DropUnsupervised(devices);
            foreach (var site in devices.GroupBy(device => device.Site))
            {
                judge.JudgeSite(site.Key, [.. site]);
            }
        }

        return new SilenceVerdict([.. judge._silences.Values], judge._events, judge._deadline);
    }

    private bool IsServerDeaf()
    {
        var known = Find(SilenceScope.Server, "");
        if (!_hearing.IsDeaf)
        {
            if (known is not null)
            {
                End(known, EventKinds.ServerHearsAgain);
            }

            return false;
        }

        var due = _hearing.Since + SupervisedDevice.WithHeartbeatSilentAfter;
        if (known is null && !IsOver(due))
        {
            Await(due);
        }
        else if (known is null)
        {
            Begin(SilenceScope.Server, "", "", _hearing.Since, SilenceTold.Itself);
            Tell(EventKinds.ServerDeaf, "", new
            {
                since = _hearing.Since.ToString(),
                reason = "the connection to the broker is lost: nothing is heard of any device, and none is told as silent for that; look at the broker",
            });
        }

        return true;
    }

    private void DropUnsupervised(IReadOnlyList<SupervisedDevice> devices)
    {
        var names = devices.Select(device => (SilenceScope.Device, device.Id.Value)).Concat(devices.Select(device => (SilenceScope.Site, device.Site))).ToHashSet();
        foreach (var silence in _silences.Values.Where(row => !names.Contains((row.Scope, row.Subject))).ToList())
        {
            Remove(silence);
            if (silence.Told == SilenceTold.Itself)
            {
                Tell(EventKinds.SilenceDropped, silence.Subject, new
                {
                    scope = silence.Scope,
                    since = silence.Since.ToString(),
                    reason = "the fleet file has it in no storage unit now: nobody waits for it any more",
                });
            }
        }

        // A device that moved to another site begins anew there: the outage that it was part of stayed behind.
        foreach (var device in devices)
        {
            if (OwnSilence(device) is { Told: SilenceTold.WithSite } member && (member.Site != device.Site || Find(SilenceScope.Site, member.Site) is null))
            {
                Remove(member);
            }
        }
    }

    private void JudgeSite(string site, IReadOnlyList<SupervisedDevice> devices)
    {
        var outage = Find(SilenceScope.Site, site);
        var heard = devices.Where(device => OwnSilence(device) is { } silence && device.LastWord is { } word && word != silence.Since).ToList();
        if (outage is not null && (heard.Count > 0 || devices.Any(device => OwnSilence(device) is null && device.LastWord > outage.Since)))
        {
            Return(outage, devices);
            outage = null;
        }

        foreach (var device in heard)
        {
            Hear(device);
        }

        var waiting = devices.Where(device => OwnSilence(device) is null or { Told: SilenceTold.NotYet }).ToList();
        if (outage is not null)
        {
            Join(site, waiting);
        }
        else
        {
            JudgeDevices(site, waiting, devices.Count);
        }
    }

    private void Return(SilenceRow outage, IReadOnlyList<SupervisedDevice> devices)
    {
        var members = devices.Where(device => OwnSilence(device) is { Told: SilenceTold.WithSite }).ToList();
        foreach (var member in members)
        {
            Save(OwnSilence(member)! with { Told = SilenceTold.NotYet, ExcusedUntil = _hearing.Now + FollowWithin }); // They were chosen by it.
        }

        End(outage, EventKinds.SiteHeardAgain, members.Count);
    }

    private void Hear(SupervisedDevice device)
    {
        var silence = OwnSilence(device)!; // Only devices with one are heard again.
        if (silence.Told == SilenceTold.Itself)
        {
            End(silence, EventKinds.DeviceHeardAgain);
        }
        else
        {
            Remove(silence);
        }
    }

    private void Join(string site, IEnumerable<SupervisedDevice> waiting)
    {
        foreach (var device in waiting)
        {
            if (IsOver(DueOf(device)))
            {
                Begin(SilenceScope.Device, device.Id.Value, site, device.SilentSince, SilenceTold.WithSite);
            }
            else
            {
                Await(DueOf(device));
            }
        }
    }

    private void JudgeDevices(string site, List<SupervisedDevice> waiting, int ofDevices)
    {
        var (silent, talking) = (waiting.Where(device => IsOver(DueOf(device))).ToList(), waiting.Where(device => !IsOver(DueOf(device))).ToList());
        talking.ForEach(device => Await(DueOf(device)));
        var alone = silent.Where(device => talking.Exists(other => other.LastWord > device.SilentSince + device.Together)).ToList();
        alone.ForEach(Tell);

        // The others may be the first of a site that falls silent: they wait for those whose time will be over soon, and no longer.
        var together = silent.Except(alone).ToList();
        if (together.Count == 0 || together.TrueForAll(device => talking.Exists(other => DueOf(other) <= DueOf(device) + device.Together)))
        {
            return;
        }

        if (together.Count >= SiteDevicesMin)
        {
            TellSite(site, together, waiting.Max(device => device.SilentSince), ofDevices);
        }
        else
        {
            together.ForEach(Tell);
        }
    }

    private void TellSite(string site, List<SupervisedDevice> together, Instant since, int ofDevices)
    {
        Begin(SilenceScope.Site, site, site, since, SilenceTold.Itself);
        foreach (var device in together)
        {
            Begin(SilenceScope.Device, device.Id.Value, site, device.SilentSince, SilenceTold.WithSite);
        }

        Tell(EventKinds.SiteSilent, site, new
        {
            since = since.ToString(),
            devices = together.Count,
            ofDevices,
            reason = "its devices fell silent together: look at the site's power, network and way to the broker",
        });
    }

    private void Tell(SupervisedDevice device)
    {
        Begin(SilenceScope.Device, device.Id.Value, device.Site, device.SilentSince, SilenceTold.Itself);
        var never = device.LastWord is null;
        Tell(EventKinds.DeviceSilent, device.Id.Value, new
        {
            site = device.Site,
            since = device.SilentSince.ToString(),
            neverHeard = never,
            reason = never
                ? "nothing was ever heard of it: look at its name, its secret and its network"
                : $"nothing was heard of it for {device.SilentAfter.TotalSeconds} s, heartbeats included: look at its power, its network and its probes",
        });
    }

    private Instant DueOf(SupervisedDevice device)
    {
        var allowance = _hearing.Allowance > device.SilentAfter ? _hearing.Allowance : device.SilentAfter;
        var due = Instant.Max(Instant.Max(device.SilentSince, device.MountedSince) + device.SilentAfter, _hearing.Since + allowance);
        return OwnSilence(device)?.ExcusedUntil is { } excused ? Instant.Max(due, excused) : due;
    }

    private SilenceRow? OwnSilence(SupervisedDevice device) => Find(SilenceScope.Device, device.Id.Value);

    private SilenceRow? Find(string scope, string subject) => _silences.GetValueOrDefault((scope, subject));

    private void Begin(string scope, string subject, string site, Instant since, string told) =>
        Save(new SilenceRow(scope, subject, site, since, _hearing.Now, told, null));

    private void End(SilenceRow silence, string kind, int? devices = null)
    {
        Remove(silence);
        Tell(kind, silence.Subject, new { since = silence.Since.ToString(), seconds = (long)(_hearing.Now - silence.Since).TotalSeconds, devices });
    }

    private void Remove(SilenceRow silence) => _silences.Remove((silence.Scope, silence.Subject));

    private void Save(SilenceRow silence) => _silences[(silence.Scope, silence.Subject)] = silence;

    private void Tell(string kind, string subject, object payload) => _events.Add(new SilenceEvent(kind, subject, payload));

    private bool IsOver(Instant due) => due <= _hearing.Now;

    private void Await(Instant due) => _deadline = _deadline is { } earliest && earliest < due ? earliest : due;
}
