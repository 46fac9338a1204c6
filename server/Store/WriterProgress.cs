namespace ColdChain.Server.Store;

/// <summary>How far the writer is.</summary>
/// <param name="Batches">Batches ended since the start, committed or lost.</param>
/// <param name="IsBusy">True while something waits to be written, or is being written.</param>
internal readonly record struct WriterProgress(long Batches, bool IsBusy);
