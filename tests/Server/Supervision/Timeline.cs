using ColdChain.Core.Readings;
using ColdChain.Server.Store;
using ColdChain.Server.Supervision;

namespace ColdChain.Server.Tests.Supervision;

/// <summary>Devices that speak or do not, a clock, and the judge that looks at every second deadline: what it told, in order.</summary>
internal sealed class Timeline
{
    public static readonly Instant Start = new(1_767_600_000_000);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, SupervisedDevice> _devices = [];
    private readonly Dictionary<string, (TimeSpan Every, Instant Next)> _talking = [];
    private Hearing _hearing = new(Start, Start, TimeSpan.Zero, IsDeaf: false);
    private List<SilenceRow> _silences = [];

    public Instant Now { get; private set; } = Start;

    /// <summary>What was told, as <c>minute kind subject</c>.</summary>
    public List<string> Told { get; } = [];

    public List<SilenceEvent> Events { get; } = [];

    public IReadOnlyList<SilenceRow> Silences => _silences;

    public IEnumerable<SupervisedDevice> Devices => _devices.Values;

    public Hearing Hearing => _hearing with { Now = Now };

    /// <summary>Enrols a device that has not spoken yet.</summary>
    public Timeline Enrol(string name, string site, TimeSpan? silentAfter = null)
    {
        _devices[name] = new SupervisedDevice(new DeviceId(name), site, Now, null, silentAfter ?? SupervisedDevice.WithHeartbeatSilentAfter);
        return this;
    }

    /// <summary>It speaks, first after some seconds, and then in equal intervals.</summary>
    public Timeline Talk(string name, int firstAfterSeconds = 0, int everySeconds = 60)
    {
        _talking[name] = (TimeSpan.FromSeconds(everySeconds), Now + TimeSpan.FromSeconds(firstAfterSeconds));
        return this;
    }

    public Timeline Mute(params string[] names)
    {
        Array.ForEach(names, name => _talking.Remove(name));
        return this;
    }

    public Timeline Remove(string name)
    {
        _talking.Remove(name);
        _devices.Remove(name);
        return this;
    }

    /// <summary>The server was away until now: it knows what it stored, and has to be given time.</summary>
    public Timeline Restart(TimeSpan allowance)
    {
        _hearing = new Hearing(Now, Now, allowance, IsDeaf: false);
        return this;
    }

    public Timeline Deafen()
    {
        _hearing = new Hearing(Now, Now, TimeSpan.Zero, IsDeaf: true);
        return this;
    }

    /// <summary>Time passes.</summary>
    public Timeline Pass(double minutes)
    {
        for (var end = Now + TimeSpan.FromMinutes(minutes); Now < end;)
        {
            Now = Instant.Min(Now + LookEvery, end);
            if (!_hearing.IsDeaf)
            {
                Hear();
            }

            Look();
        }

        return this;
    }

    private void Hear()
    {
        foreach (var (name, (every, next)) in _talking.Where(talking => talking.Value.Next <= Now).ToList())
        {
            _devices[name] = _devices[name] with { LastWord = next };
            _talking[name] = (every, next + every);
        }
    }

    private void Look()
    {
        var verdict = SilenceJudge.Judge(_hearing with { Now = Now }, [.. _devices.Values], _silences);
        _silences = [.. verdict.Silences];
        Events.AddRange(verdict.Events);
        Told.AddRange(verdict.Events.Select(happened => $"{(Now - Start).TotalMinutes:0.0} {happened.Kind} {happened.Subject}".TrimEnd()));
        (verdict.Deadline is null || verdict.Deadline > Now).Should().BeTrue("what is due is told, not awaited");
        SilenceJudge.Judge(_hearing with { Now = Now }, [.. _devices.Values], _silences).Events.Should().BeEmpty("the same is told once");
    }
}
