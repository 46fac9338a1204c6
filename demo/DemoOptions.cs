namespace ColdChain.Demo;

/// <summary>What the demo was asked for.</summary>
/// <param name="Port">The port of pages and API on 127.0.0.1; 0 takes a free one.</param>
/// <param name="DataFolder">Where it keeps everything.</param>
internal sealed record DemoOptions(int Port, string DataFolder);
