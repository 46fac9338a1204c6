using System.Text.Json.Serialization;

namespace ColdChain.Core.Excursions;

[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StoredTracks))]
[JsonSerializable(typeof(Stretch))]
internal sealed partial class ExcursionsJson : JsonSerializerContext;
