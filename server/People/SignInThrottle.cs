using System.Net;

namespace ColdChain.Server.People;

/// <summary>
/// Makes whoever guesses passwords wait: after some failures in a row of one account or from one address, each further attempt has to wait twice as
/// long as the one before. It is asked at signing in only, so that whoever is signed in is never kept from an alarm; and its longest wait is short,
/// so that nobody is locked out by somebody else's guesses for long. Memory is bounded: when it is full, who failed longest ago is forgotten.
/// </summary>
internal sealed class SignInThrottle(TimeProvider clock)
{
    /// <summary>Failures of an account that cost nothing: people mistype.</summary>
    public const int FreeOfAccount = 5;

    /// <summary>Failures from an address that cost nothing: behind a proxy, it is everybody's.</summary>
    public const int FreeOfAddress = 20;

    /// <summary>The first wait.</summary>
    public static readonly TimeSpan First = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>How many accounts and addresses are remembered at most, together.</summary>
    public const int RememberedMax = 10_000;

    // After so long without a failure, the next one is the first again.
    private static readonly TimeSpan ForgottenAfter = TimeSpan.FromMinutes(15);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Failures> _failures = new(StringComparer.Ordinal);

    /// <summary>How long an attempt still has to wait; zero when it may be made.</summary>
    public TimeSpan Wait(string account, IPAddress? address)
    {
        lock (_lock)
        {
            var now = clock.GetTimestamp();
            return Max(Left(OfAccount(account), FreeOfAccount, now), Left(OfAddress(address), FreeOfAddress, now));
        }
    }

    /// <summary>How long an attempt of which only the account counts still has to wait.</summary>
    public TimeSpan WaitOf(string account)
    {
        lock (_lock)
        {
            return Left(OfAccount(account), FreeOfAccount, clock.GetTimestamp());
        }
    }

    /// <summary>An attempt failed of which only the account counts.</summary>
    public void FailOf(string account)
    {
        lock (_lock)
        {
            Count(OfAccount(account));
        }
    }

    /// <summary>An attempt failed.</summary>
    public void Fail(string account, IPAddress? address)
    {
        lock (_lock)
        {
            Count(OfAccount(account));
            Count(OfAddress(address));
        }
    }

    /// <summary>An attempt succeeded: the account begins anew. Its address does not, or one known password would allow to guess on.</summary>
    public void Succeed(string account)
    {
        lock (_lock)
        {
            _failures.Remove(OfAccount(account));
        }
    }

    private static string OfAccount(string account) => $"account {account}";

    private static string OfAddress(IPAddress? address) => $"address {address}";

    private TimeSpan Left(string key, int free, long now)
    {
        if (!_failures.TryGetValue(key, out var failures) || failures.Count < free)
        {
            return TimeSpan.Zero;
        }

        var passed = clock.GetElapsedTime(failures.LastAt, now);
        var doublings = Math.Min(failures.Count - free, 30); // More would not fit, and the longest is reached long before.
        var wait = passed >= ForgottenAfter ? TimeSpan.Zero : Min(First * Math.Pow(2, doublings), Longest) - passed;
        return Max(wait, TimeSpan.Zero);
    }

    private void Count(string key)
    {
        var now = clock.GetTimestamp();
        var before = _failures.TryGetValue(key, out var known) && clock.GetElapsedTime(known.LastAt, now) < ForgottenAfter ? known.Count : 0;
        if (_failures.Count >= RememberedMax && !_failures.ContainsKey(key))
        {
            _failures.Remove(_failures.MinBy(entry => entry.Value.LastAt).Key);
        }

        _failures[key] = new Failures(before + 1, now);
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private readonly record struct Failures(int Count, long LastAt);
}
