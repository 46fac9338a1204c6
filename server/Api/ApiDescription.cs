using ColdChain.Server.Fleet;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ColdChain.Server.Api;

/// <summary>What the OpenAPI document says of the API as a whole.</summary>
internal static class ApiDescription
{
    /// <summary>The one document there is.</summary>
    public const string DocumentName = "v1";

    private const string Scheme = "bearer";

    private static readonly Dictionary<string, string> Parameters = new()
    {
        ["id"] = "The id.",
        ["unit"] = "The id of a storage unit.",
        ["donation"] = "A donation identification number, as scanned, as typed with its check character, or its 13 characters.",
        ["product"] = "The product.",
        ["open"] = "true for those only whose end was not seen.",
        ["at"] = "The instant; now, when left out.",
        ["from"] = "The first instant, included.",
        ["to"] = "The end, not included.",
        ["after"] = "The id of the last event that is known already.",
        ["before"] = "Only ids below this one: where the answer goes on.",
        ["max"] = "How many to give at most.",
        ["who"] = "The whole name of an actor, such as person:amina or device:pi-001.",
        ["kind"] = "A kind of events.",
        ["text"] = "A text in the subject or the particulars.",
        ["window"] = "The number of a window.",
        ["format"] = "html, pdf, csv, xlsx, json or zip; html unless given.",
        ["lang"] = "fr or en.",
        ["revision"] = "A revision of the report, the newest unless given; 0 for a draft of what it would say now.",
        ["zone"] = "The IANA zone in which times are written, beside UTC; that of the site unless given.",
        ["number"] = "The number of a report, such as EX-12 or SU-fridge-1_2026-11.",
    };

    public static void Configure(OpenApiOptions options) => options
        .AddDocumentTransformer((document, _, _) =>
        {
            Describe(document);
            return Task.CompletedTask;
        })
        .AddOperationTransformer((operation, _, _) =>
        {
            foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
            {
                parameter.Description = Parameters[parameter.Name!]; // Every parameter has a name.
            }

            return Task.CompletedTask;
        });

    /// <summary>Refuses the name of another document, in the words of every other refusal.</summary>
    public static ValueTask<object?> RequireKnown(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        $"{context.HttpContext.GetRouteValue("documentName")}" is var name && name == DocumentName
            ? next(context)
            : throw new RefusalException(RefusalKind.Unknown, "address", $"there is no description '{name}'", $"ask for /openapi/{DocumentName}.json");

    private static void Describe(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "ColdChain",
            Version = DocumentName,
            Description = "The cold chain of blood: storage units, excursions, holds, issue check. Decision support, not validated. "
                + "Times are UTC, ISO 8601 in milliseconds; temperatures are degrees Celsius.",
        };
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Scheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = Scheme, Description = "An API token: that of the data folder, or one that an administrator made." },
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] }];
    }
}
