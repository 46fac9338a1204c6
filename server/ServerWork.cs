using ColdChain.Server.Excursions;
using ColdChain.Server.Store;

namespace ColdChain.Server;

/// <summary>
/// Whether the server's work goes on: units are judged, and what waits to be written gets written. A disk that refuses is no reason to
/// start again, for both go on then; one that never answers is.
/// </summary>
internal sealed class ServerWork(EvaluatorService evaluator, RecordStore store)
{
    private long _steps;
    private WriterProgress _writer;

    /// <summary>Whether it has gone on since the last question.</summary>
    public bool HasGoneOn()
    {
        var (steps, writer) = (evaluator.Steps, store.WriterProgress);
        var isJudging = steps != _steps;
        var isWriting = !writer.IsBusy || writer.Batches != _writer.Batches;
        (_steps, _writer) = (steps, writer);
        return isJudging && isWriting;
    }
}
