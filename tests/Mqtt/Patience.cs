using System.Runtime.CompilerServices;

namespace ColdChain.Mqtt.Tests;

/// <summary>Waiting for something to become true. The limit is only there so that a failure ends; no test measures it.</summary>
internal static class Patience
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static CancellationToken Token() => new CancellationTokenSource(Limit).Token;

    public static async Task UntilAsync(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        var token = Token();
        while (!condition())
        {
            if (token.IsCancellationRequested)
            {
                throw new TimeoutException($"Waited {Limit.TotalSeconds} s in vain for: {what}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, CancellationToken.None);
        }
    }

    public static Task WithinLimitAsync(this Task task) => task.WaitAsync(Limit, TimeProvider.System);

    public static Task<T> WithinLimitAsync<T>(this Task<T> task) => task.WaitAsync(Limit, TimeProvider.System);
}
