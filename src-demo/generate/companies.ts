// The forty client companies of Northway IT, all fictional, with Halo ids in no order. Similar names and shared words
// are on purpose: a search for "Meridian" or "Alder" must not be enough to tell customers apart. Domains are RFC 2606.

export type Industry =
  | 'dental'
  | 'law'
  | 'construction'
  | 'school'
  | 'hospitality'
  | 'clinic'
  | 'logistics'
  | 'charity'
  | 'retail'
  | 'finance'
  | 'manufacturing'
  | 'property'
  | 'media';

export type Company = {
  readonly halo: number;
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly domain: string;
  readonly aliases: readonly string[];
  readonly industry: Industry;
  /** Contacts besides the general users; sites, assets and tickets follow from it. */
  readonly people: number;
  readonly sites: readonly string[];
};

/** halo id ; id ; code ; name ; industry ; people ; sites ; other names */
const table = `
214 ; meridian-dental        ; MERI-7  ; Meridian Dental Group        ; dental        ; 46 ; Castle Street Surgery, Riverside Practice, Head Office ; Meridian, MDG
87  ; meridian-logistics     ; MERI-12 ; Meridian Logistics           ; logistics     ; 38 ; Depot North, Depot South ; Meridian Haulage
31  ; alder-dentistry        ; ALDR-3  ; Alder Dentistry              ; dental        ; 14 ; Main Surgery ; Alder Dental
152 ; alder-legal            ; ALDR-9  ; Alder Legal LLP              ; law           ; 30 ; Chambers, Court Square Office ; Alder
95  ; denholm-construction   ; DENH-4  ; Denholm Construction         ; construction  ; 44 ; Yard Office, Head Office, Site Cabin 3 ; Denholm
318 ; denholm-interiors      ; DENH-11 ; Denholm Interiors            ; retail        ; 12 ; Showroom ; Denholm Design
46  ; fernhill-school        ; FERN-2  ; Fernhill School              ; school        ; 48 ; Main Building, Sixth Form Centre ; Fernhill
203 ; fernhill-clinic        ; FERN-8  ; Fernhill Medical Clinic      ; clinic        ; 22 ; Clinic ; Fernhill Medical
12  ; acme-ltd               ; ACME-1  ; Acme Ltd                     ; manufacturing ; 26 ; Head Office, Works ; Acme
17  ; acme-group             ; ACME-5  ; Acme Group                   ; finance       ; 15 ; Head Office ; Acme Holdings
129 ; harbour-brewing        ; HARB-6  ; Harbour Brewing Company      ; hospitality   ; 24 ; Brewery, Taproom ; Harbour Brewery
274 ; harbour-trust          ; HARB-14 ; The Harbour Trust            ; charity       ; 20 ; Main Office ; Harbour
58  ; northgate-vets         ; NGAT-3  ; Northgate Veterinary Centre  ; clinic        ; 18 ; Surgery ; Northgate Vets
233 ; northgate-accountants  ; NGAT-10 ; Northgate Accountants        ; finance       ; 24 ; Office ; Northgate
71  ; kestrel-architects     ; KEST-2  ; Kestrel Architects           ; media         ; 16 ; Studio ; Kestrel
166 ; kestrel-freight        ; KEST-9  ; Kestrel Freight              ; logistics     ; 28 ; Warehouse, Port Office ; Kestrel Forwarding
240 ; willowbrook-primary    ; WILL-5  ; Willowbrook Primary School   ; school        ; 26 ; School ; Willowbrook
109 ; willowbrook-care       ; WILL-13 ; Willowbrook Care Homes       ; clinic        ; 32 ; Oak House, Elm House ; Willowbrook Care
27  ; st-agnes-hospice       ; AGNE-1  ; St Agnes Hospice             ; charity       ; 28 ; Hospice, Charity Shop ; St Agnes
188 ; copperfield-rhodes     ; COPP-4  ; Copperfield & Rhodes Solicitors ; law           ; 26 ; Market Place ; Copperfield
342 ; copperfield-foods      ; COPP-8  ; Copperfield Foods            ; manufacturing ; 24 ; Factory, Cold Store ; Copperfield Bakery
53  ; ashdown-opticians      ; ASHD-2  ; Ashdown Opticians            ; retail        ; 13 ; High Street ; Ashdown
297 ; ashdown-estates        ; ASHD-7  ; Ashdown Estates              ; property      ; 18 ; Lettings Office, Sales Office ; Ashdown Lettings
78  ; brightwell-foundation  ; BRIG-3  ; Brightwell Foundation        ; charity       ; 16 ; Office ; Brightwell
221 ; brightwell-engineering ; BRIG-6  ; Brightwell Engineering       ; manufacturing ; 30 ; Works, Drawing Office ; Brightwell Eng
140 ; tarn-hotels            ; TARN-1  ; Tarn Hotels                  ; hospitality   ; 26 ; Lakeside Hotel, Fell View Hotel ; Tarn
309 ; tarn-outdoor           ; TARN-4  ; Tarn Outdoor                 ; retail        ; 14 ; Shop, Warehouse ; Tarn Sports
36  ; pemberton-wealth       ; PEMB-2  ; Pemberton Wealth Management  ; finance       ; 18 ; Office ; Pemberton
177 ; quayside-marine        ; QUAY-5  ; Quayside Marine Services     ; logistics     ; 16 ; Boatyard ; Quayside
259 ; quayside-dental        ; QUAY-9  ; Quayside Dental Care         ; dental        ; 12 ; Practice ; Quayside Smiles
64  ; redwood-farm           ; REDW-3  ; Redwood Farm Supplies        ; retail        ; 15 ; Store, Grain Office ; Redwood
195 ; redwood-insurance      ; REDW-6  ; Redwood Insurance Brokers    ; finance       ; 20 ; Office ; Redwood Brokers
118 ; silverdale-pharmacy    ; SILV-1  ; Silverdale Pharmacy          ; clinic        ; 12 ; Dispensary ; Silverdale
285 ; thornton-printing      ; THOR-8  ; Thornton Printing            ; media         ; 17 ; Print Works ; Thornton Press
42  ; thornton-college       ; THOR-2  ; Thornton College             ; school        ; 36 ; Campus, Annexe ; Thornton
331 ; underhill-winery       ; UNDR-4  ; Underhill Winery             ; hospitality   ; 13 ; Winery ; Underhill
103 ; vale-housing           ; VALE-6  ; Vale Housing Association     ; property      ; 32 ; Head Office, Repairs Depot ; Vale Homes
248 ; wexcombe-council       ; WEXC-3  ; Wexcombe Parish Council      ; charity       ; 11 ; Parish Office ; Wexcombe
81  ; yarrow-media           ; YARR-1  ; Yarrow Media                 ; media         ; 15 ; Studio ; Yarrow
160 ; zenith-components      ; ZENI-5  ; Zenith Components            ; manufacturing ; 22 ; Factory ; Zenith
`;

export const companies: readonly Company[] = table.trim().split('\n').map(readCompany);

/** Halo clients that are nobody's customer: unmatched mail, and one that left. They are not in `customers`. */
export const unmapped = [
  { halo: 1, name: 'Unknown', site: 'Unknown', inactive: false },
  { halo: 63, name: 'Harrow Lane Furniture', site: 'Showroom', inactive: true },
] as const;

/** Groups of several clients: never one customer (halopsa.md §1). */
export function topLevelOf(company: Company): { readonly id: number; readonly name: string } {
  if (company.id.startsWith('acme-')) return { id: 2, name: 'Acme Group' };
  if (company.id.startsWith('meridian-')) return { id: 3, name: 'Meridian Holdings' };
  return { id: 1, name: 'Northway clients' };
}

export function companyNamed(id: string): Company {
  const found = companies.find((company) => company.id === id);
  if (found === undefined) throw new Error(`there is no company ${id}`);
  return found;
}

function readCompany(line: string): Company {
  const [halo = '', id = '', code = '', name = '', industry = '', people = '', sites = '', aliases = ''] =
    line.split(/ *; */);
  const domain = `${id.replace(/-/g, '')}.example`;
  const own = { halo: Number(halo), id, code, name, domain, people: Number(people) };
  return { ...own, industry: industry as Industry, sites: sites.split(', '), aliases: aliases.trim().split(', ') };
}
