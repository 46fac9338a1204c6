using System.Text.Json;

namespace ColdChain.Server.Evaluate;

/// <summary>How the answer is written as JSON.</summary>
internal static class EvaluateJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true };
}
