using System.Collections.Concurrent;

namespace ColdChain.Server.Store;

/// <summary>Read-only sessions, kept for the next caller with their prepared statements.</summary>
internal sealed class ReaderPool(Func<StoreSession> open) : IDisposable
{
    private const int IdleMax = 8;

    private readonly ConcurrentBag<StoreSession> _idle = [];

    /// <summary>Runs a read in one transaction, so that all its queries see the same commit.</summary>
    public T Read<T>(Func<StoreSession, T> work)
    {
        var session = _idle.TryTake(out var waiting) ? waiting : open();
        var healthy = false;
        try
        {
            session.Run("BEGIN");
            var result = work(session);
            session.Run("COMMIT");
            healthy = true;
            return result;
        }
        finally
        {
            Return(session, healthy);
        }
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var session))
        {
            session.Dispose();
        }
    }

    private void Return(StoreSession session, bool healthy)
    {
        if (healthy && _idle.Count < IdleMax)
        {
            _idle.Add(session);
        }
        else
        {
            session.Dispose();
        }
    }
}
