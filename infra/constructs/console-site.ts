/**
 * The console: static files in a private bucket behind CloudFront, and the API below the same host name, so that the
 * browser needs no cross-origin permission and the content policy allows nothing but this host and the issuer.
 */
import { existsSync } from 'node:fs';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  PriceClass,
  ResponseHeadersPolicy,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, CacheControl, type ISource, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { Construct } from 'constructs';

/** The API's answers and the opt-out page bring their own headers; these are for the files. */
export type SiteHeaders = { readonly contentSecurityPolicy: string };

export class ConsoleSite extends Construct {
  readonly distribution: Distribution;
  readonly url: string;
  readonly #bucket: Bucket;

  constructor(
    scope: Construct,
    id: string,
    props: { readonly apiHost: string; readonly headers: SiteHeaders },
  ) {
    super(scope, id);
    this.#bucket = new Bucket(this, 'Files', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      // Every deploy writes the files anew.
      removalPolicy: RemovalPolicy.DESTROY,
      autoDeleteObjects: false,
    });
    const headers = new ResponseHeadersPolicy(this, 'Headers', {
      securityHeadersBehavior: {
        contentSecurityPolicy: {
          contentSecurityPolicy: props.headers.contentSecurityPolicy,
          override: true,
        },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
        strictTransportSecurity: {
          accessControlMaxAge: Duration.days(365),
          includeSubdomains: true,
          override: true,
        },
      },
    });
    const api = {
      origin: new HttpOrigin(props.apiHost, { protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY }),
      allowedMethods: AllowedMethods.ALLOW_ALL,
      cachePolicy: CachePolicy.CACHING_DISABLED,
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
    };
    this.distribution = new Distribution(this, 'Site', {
      comment: 'Relance: console',
      defaultRootObject: 'index.html',
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_ALL,
      defaultBehavior: {
        origin: S3BucketOrigin.withOriginAccessControl(this.#bucket),
        allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
        responseHeadersPolicy: headers,
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      },
      additionalBehaviors: { '/v1/*': api, '/docs': api, '/docs/*': api, '/u/*': api },
    });
    this.url = `https://${this.distribution.distributionDomainName}`;
  }

  /** `built`: the directory that Vite wrote. Without it a page says how to build it: synth needs no build. */
  fill(built: string, settings: object): void {
    const isBuilt = existsSync(built);
    const small: readonly ISource[] = [
      Source.jsonData('config.json', settings),
      ...(isBuilt ? [] : [Source.data('index.html', NOT_BUILT)]),
    ];
    if (isBuilt) {
      // Their names carry a hash of their content. They go first, so that no index.html names a file not yet there.
      const assets = new BucketDeployment(this, 'Assets', {
        destinationBucket: this.#bucket,
        sources: [Source.asset(built, { exclude: ['*', '!assets', '!assets/**'] })],
        cacheControl: [CacheControl.maxAge(Duration.days(365)), CacheControl.immutable()],
        // A console that is open while we deploy still asks for the files of its own version.
        prune: false,
      });
      const pages = this.#deploy('Pages', [Source.asset(built, { exclude: ['assets'] }), ...small]);
      pages.node.addDependency(assets);
    } else {
      this.#deploy('Pages', small);
    }
  }

  #deploy(id: string, sources: readonly ISource[]): BucketDeployment {
    return new BucketDeployment(this, id, {
      destinationBucket: this.#bucket,
      sources: [...sources],
      cacheControl: [CacheControl.noCache()],
      prune: false,
      distribution: this.distribution,
      distributionPaths: ['/index.html', '/config.json', '/'],
    });
  }
}

const NOT_BUILT = `<!doctype html>
<meta charset="utf-8">
<title>Relance</title>
<p>The console has not been built. Run <code>npm run deploy</code>, which builds it, instead of <code>cdk deploy</code>.</p>
`;
