using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace ColdChain.Server.Html;

/// <summary>
/// Writes Razor components as HTML, and nothing more: no circuits, forms or keys of the framework's interactive part come along.
/// </summary>
internal sealed class PageRenderer(IServiceProvider services, ILoggerFactory loggers)
{
    public async Task<string> RenderAsync<TComponent>(Dictionary<string, object?> parameters)
        where TComponent : IComponent => (await RenderEachAsync<TComponent>([parameters]))[0];

    /// <summary>Writes one component for each set of parameters, in their order.</summary>
    public async Task<IReadOnlyList<string>> RenderEachAsync<TComponent>(IReadOnlyList<Dictionary<string, object?>> parameters)
        where TComponent : IComponent
    {
        await using var renderer = new HtmlRenderer(services, loggers);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var written = new List<string>(parameters.Count);
            foreach (var one in parameters)
            {
                written.Add((await renderer.RenderComponentAsync<TComponent>(ParameterView.FromDictionary(one))).ToHtmlString());
            }

            return written;
        });
    }
}
