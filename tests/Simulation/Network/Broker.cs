using ColdChain.Mqtt.Link;
using ColdChain.Simulation.Tests.Clockwork;

namespace ColdChain.Simulation.Tests.Network;

/// <summary>
/// A broker and the networks on both of its sides: a pipe that confirms what it may forget, repeats, holds back and brings out of order, as
/// the weather and the seed have it.
/// </summary>
internal sealed class Broker(Pump pump, Random random, Action<string> count)
{
    /// <summary>What a broker keeps for a client at most; what comes beyond is confirmed and dropped, as mosquitto does.</summary>
    private const int QueueMax = 1000;

    private static readonly TimeSpan ReconnectMost = TimeSpan.FromSeconds(20);

    private readonly Dictionary<string, Session> _sessions = [];

    public Weather Weather { get; set; } = Weather.Fair;

    /// <summary>Messages that wait, over all clients.</summary>
    public int Waiting => _sessions.Values.Sum(session => session.Queue.Count);

    /// <summary>Sees every message that a client hands over, before anything becomes of it.</summary>
    public Action<string, MqttMessage> Published { get; set; } = (_, _) => { };

    /// <summary>May change what a client hands over: a planted defect.</summary>
    public Func<MqttMessage, MqttMessage> Alters { get; set; } = message => message;

    /// <summary>A link of a process. It connects by itself, and is gone when the process is.</summary>
    public SimulatedLink Open(string client, SimulatedProcess process)
    {
        var session = SessionOf(client);
        var link = new SimulatedLink(this, process, client);
        session.Link = link;
        process.AtEnd(() => Lose(session, link));
        ConnectSoon(session, link);
        return link;
    }

    /// <summary>Takes a client's network away, or gives it back. While it is away without a word, publishing hangs instead of failing.</summary>
    public void Partition(string client, bool isAway, bool isSilent = false)
    {
        var session = SessionOf(client);
        var wasAway = session.IsAway || session.IsSilent;
        (session.IsAway, session.IsSilent) = (isAway && !isSilent, isAway && isSilent);
        if (session.Link is not { } link)
        {
            return;
        }

        if (session.IsAway)
        {
            Lose(session, link);
        }
        else if (!isAway && wasAway)
        {
            Lose(session, link); // A silent partition ends with the connections that nobody knew to be dead.
            ConnectSoon(session, link);
        }
    }

    /// <summary>Forgets everything that waits: it was killed, and kept nothing.</summary>
    public void Forget()
    {
        foreach (var session in _sessions.Values)
        {
            session.Queue.Clear();
            if (session.Link is { } link)
            {
                Lose(session, link);
                ConnectSoon(session, link);
            }
        }
    }

    /// <summary>A client subscribed; messages come from now on.</summary>
    public void Subscribe(SimulatedLink link, string filter)
    {
        _sessions[link.Client].Filters.Add(filter);
        Deliver(_sessions[link.Client]);
    }

    /// <summary>Carries a message of a client; answers it when it has been taken.</summary>
    public void Carry(SimulatedLink link, MqttMessage message, Action confirmed)
    {
        Published(link.Client, message);
        message = Alters(message);
        var session = _sessions[link.Client];
        if (session.IsSilent)
        {
            return;
        }

        var breaks = Chance(Weather.Breaks);
        var arrives = !breaks || Chance(0.5);
        var arrival = Math.Max(session.LastArrival, pump.Elapsed + Delay().Ticks);
        session.LastArrival = arrival;
        pump.After(TimeSpan.FromTicks(arrival - pump.Elapsed), null, () =>
        {
            if (arrives && !Forgotten())
            {
                Route(message);
            }

            if (breaks)
            {
                count("break");
                Lose(session, link);
                ConnectSoon(session, link);
            }
            else
            {
                pump.After(Delay(), null, confirmed);
            }
        });
    }

    private Session SessionOf(string client) => _sessions.TryGetValue(client, out var known) ? known : _sessions[client] = new Session();

    private bool Forgotten()
    {
        var forgotten = Chance(Weather.Forgets);
        if (forgotten)
        {
            count("loss");
        }

        return forgotten;
    }

    private void Route(MqttMessage message)
    {
        foreach (var session in _sessions.Values.Where(session => session.Filters.Any(filter => Matches(filter, message.Topic))))
        {
            for (var copies = Chance(Weather.Duplicates) ? 2 : 1; copies > 0 && session.Queue.Count < QueueMax; copies--)
            {
                count(copies == 2 ? "duplication" : "messages");
                session.Queue.Add(message);
            }

            Deliver(session);
        }
    }

    // One message at a time, and the next one when its handler is done, as the contract of a link has it.
    private void Deliver(Session session)
    {
        if (session.Link is not { IsConnected: true } link || session.IsHandling || session.IsSilent || session.Queue.Count == 0)
        {
            return;
        }

        session.IsHandling = true;
        var connection = link.Connection;
        pump.After(Delay(), null, () =>
        {
            if (IsStill(session, link, connection))
            {
                HandOver(session, link, connection);
            }
        });
    }

    private void HandOver(Session session, SimulatedLink link, object connection)
    {
        if (session.IsSilent || session.Queue.Count == 0)
        {
            session.IsHandling = false;
            return;
        }

        var place = session.Queue.Count > 1 && Chance(Weather.Reorders) ? random.Next(1, session.Queue.Count) : 0;
        if (place > 0)
        {
            count("reordering");
        }

        var message = session.Queue[place];
        link.Handle(message, () =>
        {
            if (IsStill(session, link, connection))
            {
                session.IsHandling = false;
                session.Queue.Remove(message);
                Deliver(session);
            }
        });
    }

    private static bool IsStill(Session session, SimulatedLink link, object connection) =>
        session.Link == link && link.IsConnected && link.Connection == connection;

    private void ConnectSoon(Session session, SimulatedLink link) => pump.After(random.NextDouble() * ReconnectMost, null, () =>
    {
        if (session.Link != link || session.IsAway || link.IsConnected || !link.IsAlive)
        {
            return;
        }

        if (link.Connect())
        {
            Deliver(session);
        }
        else
        {
            ConnectSoon(session, link); // A handler of the connection before has yet to return.
        }
    });

    private void Lose(Session session, SimulatedLink link)
    {
        if (session.Link == link && Weather.IsForgetful && session.Queue.Count > 0)
        {
            count("forgetful broker");
            session.Queue.Clear();
        }

        if (session.Link == link)
        {
            session.IsHandling = false;
        }

        link.Break();
    }

    private TimeSpan Delay() => random.NextDouble() * Weather.DelayMost;

    private bool Chance(double probability) => probability > 0 && random.NextDouble() < probability;

    /// <summary>Whether a topic is one of a filter with single-level wildcards.</summary>
    public static bool Matches(string filter, string topic)
    {
        var (wanted, levels) = (filter.Split('/'), topic.Split('/'));
        return wanted.Length == levels.Length && wanted.Zip(levels).All(pair => pair.First == "+" || pair.First == pair.Second);
    }

    private sealed class Session
    {
        public HashSet<string> Filters { get; } = [];

        public List<MqttMessage> Queue { get; } = [];

        public SimulatedLink? Link { get; set; }

        public bool IsHandling { get; set; }

        public bool IsAway { get; set; }

        public bool IsSilent { get; set; }

        public long LastArrival { get; set; }
    }
}
