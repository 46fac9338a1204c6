namespace ColdChain.Server.Store;

/// <summary>Which of the waiting jobs the writer takes first.</summary>
internal enum WritePriority
{
    /// <summary>Excursions, holds and what people enter.</summary>
    Decision,

    /// <summary>Readings and heartbeats.</summary>
    Reading,
}
